/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * device/virtio.c: registers, status and interrupts of a virtio-mmio transport.
 */
#include "device/virtio.h"

#include <stdlib.h>
#include <string.h>

#include "base/alloc.h"
#include "device/state.h"

enum {
	R_MAGIC = 0x000, R_VERSION = 0x004, R_DEVICE_ID = 0x008, R_VENDOR_ID = 0x00c,
	R_DEVICE_FEATURES = 0x010, R_DEVICE_FEATURES_SEL = 0x014,
	R_DRIVER_FEATURES = 0x020, R_DRIVER_FEATURES_SEL = 0x024,
	R_QUEUE_SEL = 0x030, R_QUEUE_NUM_MAX = 0x034, R_QUEUE_NUM = 0x038, R_QUEUE_READY = 0x044,
	R_QUEUE_NOTIFY = 0x050,
	R_INTERRUPT_STATUS = 0x060, R_INTERRUPT_ACK = 0x064, R_STATUS = 0x070,
	R_QUEUE_DESC = 0x080, R_QUEUE_DRIVER = 0x090, R_QUEUE_DEVICE = 0x0a0,	/* each: low, then high half */
	R_SHM_FIRST = 0x0b0, R_SHM_LAST = 0x0bc,
	R_CONFIG = 0x100,

	MAGIC = 0x74726976,		/* "virt" */
	VENDOR = 0x746d7073,		/* "smpt" */
	VERSION_MODERN = 2,
	INTERRUPT_USED = 1, INTERRUPT_CONFIG = 2,
	STATUS_DRIVER_OK = 4, STATUS_FEATURES_OK = 8, STATUS_NEEDS_RESET = 64, STATUS_ALL = 0xff,
	STATUS_RUNS = STATUS_DRIVER_OK | STATUS_FEATURES_OK,
};

#define FEATURE_VERSION_1	(UINT64_C(1) << 32)

/* All that a driver can change.  No padding: it is saved as it is. */
struct virtio_state {
	uint64_t driver_features;
	uint32_t device_features_sel, driver_features_sel;
	uint32_t queue_sel;
	uint32_t status, interrupt;
	uint32_t is_notified;		/* the queue is to be served */
	struct virtqueue queue;
};

struct virtio {
	struct machine *machine;
	struct irq_wire wire;
	const struct virtio_model *model;
	struct virtio_state state;
};

static const uint64_t state_tag = STATE_TAG('v', 'i', 'r', 't', 1);

static void update_irq(struct virtio *virtio)
{
	irq_wire_set(&virtio->wire, 0, virtio->state.interrupt != 0);
}

static void reset(struct virtio *virtio)
{
	memset(&virtio->state, 0, sizeof(virtio->state));
	update_irq(virtio);
}

/* 2.1.2: a driver that runs is told of it by a configuration change. */
static void needs_reset(struct virtio *virtio)
{
	struct virtio_state *s = &virtio->state;

	s->status |= STATUS_NEEDS_RESET;
	s->is_notified = false;
	if (s->status & STATUS_DRIVER_OK)
		s->interrupt |= INTERRUPT_CONFIG;
	update_irq(virtio);
}

/* ---- the queue ---- */

/* Serve all that is there; false when the driver broke the rules.  No CPU runs meanwhile, so more requests than the
 * queue has entries come only of requests that write to the queue itself. */
static bool serve_queue(struct virtio *virtio, struct virtqueue_request *request, unsigned *served)
{
	struct virtqueue *queue = &virtio->state.queue;
	enum virtqueue_result result;
	uint32_t written;

	while ((result = virtqueue_take(queue, virtio->machine, request)) == VIRTQUEUE_REQUEST) {
		if (*served == queue->size || !virtio->model->serve(virtio->model->dev, request, &written))
			return false;
		virtqueue_give_back(queue, virtio->machine, request, written);
		++*served;
	}
	return result == VIRTQUEUE_EMPTY;
}

static void serve(struct virtio *virtio)
{
	struct virtqueue_request request;
	unsigned served = 0;
	bool is_sound;

	virtio->state.is_notified = false;
	is_sound = serve_queue(virtio, &request, &served);
	if (served && virtqueue_wants_interrupt(&virtio->state.queue, virtio->machine))
		virtio->state.interrupt |= INTERRUPT_USED;
	if (!is_sound)
		needs_reset(virtio);
	update_irq(virtio);
}

static bool can_serve(const struct virtio_state *s)
{
	return s->is_notified && s->queue.is_ready && !(s->status & STATUS_NEEDS_RESET) &&
	       (s->status & STATUS_RUNS) == STATUS_RUNS;
}

static void set_ready(struct virtio *virtio, uint32_t value)
{
	struct virtqueue *queue = &virtio->state.queue;

	queue->is_ready = false;
	queue->next_avail = queue->next_used = 0;
	if (!(value & 1))
		return;
	if (virtqueue_is_sound(queue, virtio->machine))
		queue->is_ready = true;
	else
		needs_reset(virtio);
}

static void set_half(uint64_t *address, unsigned is_high, uint32_t value)
{
	unsigned shift = is_high ? 32 : 0;

	*address = (*address & ~((uint64_t)UINT32_MAX << shift)) | (uint64_t)value << shift;
}

/* What describes the queue does not change while it is in use. */
static void write_queue(struct virtio *virtio, unsigned offset, uint32_t value)
{
	struct virtqueue *queue = &virtio->state.queue;
	unsigned is_high = offset & 4;

	if (virtio->state.queue_sel != 0)
		return;
	if (offset == R_QUEUE_READY) {
		set_ready(virtio, value);
	} else if (queue->is_ready) {
		return;
	} else if (offset == R_QUEUE_NUM) {
		queue->size = value;
	} else if ((offset & ~4u) == R_QUEUE_DESC) {
		set_half(&queue->desc, is_high, value);
	} else if ((offset & ~4u) == R_QUEUE_DRIVER) {
		set_half(&queue->avail, is_high, value);
	} else if ((offset & ~4u) == R_QUEUE_DEVICE) {
		set_half(&queue->used, is_high, value);
	}
}

/* ---- registers ---- */

static uint64_t offered(const struct virtio *virtio)
{
	return virtio->model->features | FEATURE_VERSION_1;
}

/* Features are refused by not letting FEATURES_OK stand (3.1.1). */
static void write_status(struct virtio *virtio, uint32_t value)
{
	struct virtio_state *s = &virtio->state;
	bool is_agreed = !(s->driver_features & ~offered(virtio)) && s->driver_features & FEATURE_VERSION_1;

	value &= STATUS_ALL & ~STATUS_NEEDS_RESET;
	if (!value) {
		reset(virtio);
		return;
	}
	if (!is_agreed)
		value &= ~(uint32_t)STATUS_FEATURES_OK;
	s->status = value | (s->status & STATUS_NEEDS_RESET);
	machine_request_poll(virtio->machine);
}

static void write_features(struct virtio_state *s, uint32_t value)
{
	if (s->driver_features_sel <= 1 && !(s->status & STATUS_FEATURES_OK))
		set_half(&s->driver_features, s->driver_features_sel, value);
}

static void notify(struct virtio *virtio, uint32_t queue)
{
	if (queue != 0)
		return;
	virtio->state.is_notified = true;
	machine_request_poll(virtio->machine);
}

static void write_reg(struct virtio *virtio, unsigned offset, uint32_t value)
{
	struct virtio_state *s = &virtio->state;

	switch (offset) {
	case R_DEVICE_FEATURES_SEL:
		s->device_features_sel = value;
		break;
	case R_DRIVER_FEATURES_SEL:
		s->driver_features_sel = value;
		break;
	case R_DRIVER_FEATURES:
		write_features(s, value);
		break;
	case R_QUEUE_SEL:
		s->queue_sel = value;
		break;
	case R_QUEUE_NOTIFY:
		notify(virtio, value);
		break;
	case R_INTERRUPT_ACK:
		s->interrupt &= ~value;
		update_irq(virtio);
		break;
	case R_STATUS:
		write_status(virtio, value);
		break;
	default:
		write_queue(virtio, offset, value);
	}
}

/* What an empty slot answers too: device ID 0, which is what all else reads there, is a placeholder that a driver must
 * ignore (4.2.3.1.1). */
static uint32_t read_identity(unsigned offset)
{
	return offset == R_MAGIC ? MAGIC : offset == R_VERSION ? VERSION_MODERN : 0;
}

static uint32_t read_features(const struct virtio *virtio)
{
	uint32_t sel = virtio->state.device_features_sel;

	return sel <= 1 ? (uint32_t)(offered(virtio) >> 32 * sel) : 0;
}

static uint32_t read_reg(const struct virtio *virtio, unsigned offset)
{
	const struct virtio_state *s = &virtio->state;

	switch (offset) {
	case R_DEVICE_ID:
		return virtio->model->device_id;
	case R_VENDOR_ID:
		return VENDOR;
	case R_DEVICE_FEATURES:
		return read_features(virtio);
	case R_QUEUE_NUM_MAX:
		return s->queue_sel == 0 ? VIRTQUEUE_SIZE_MAX : 0;
	case R_QUEUE_READY:
		return s->queue_sel == 0 && s->queue.is_ready;
	case R_INTERRUPT_STATUS:
		return s->interrupt;
	case R_STATUS:
		return s->status;
	default:
		/* No shared memory: a length and a base of all ones. */
		return offset >= R_SHM_FIRST && offset <= R_SHM_LAST ? UINT32_MAX : read_identity(offset);
	}
}

/* The configuration space may be read in any pieces; it never changes, so its generation is always 0. */
static uint64_t read_config(const struct virtio_model *model, unsigned offset, unsigned size)
{
	uint64_t value = 0;

	for (unsigned i = 0; i < size && offset + i < model->config_size; i++)
		value |= (uint64_t)model->config[offset + i] << 8 * i;
	return value;
}

/* ---- a page of slots ---- */

static struct virtio *slot_at(const struct virtio_page *page, uint64_t offset)
{
	return page->slot[offset / VIRTIO_SLOT_SIZE % VIRTIO_SLOTS_PER_PAGE];
}

/* Registers are of 32 bits and read so alone (4.2.2.2). */
static uint64_t page_peek(const void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	const struct virtio *virtio = slot_at(dev, offset);
	unsigned reg = (unsigned)(offset % VIRTIO_SLOT_SIZE);

	(void)cpu;
	if (virtio && reg >= R_CONFIG)
		return read_config(virtio->model, reg - R_CONFIG, size);
	if (size != 4 || reg % 4)
		return 0;
	return virtio ? read_reg(virtio, reg) : read_identity(reg);
}

static uint64_t page_read(void *dev, unsigned cpu, uint64_t offset, unsigned size)
{
	return page_peek(dev, cpu, offset, size);
}

static void page_write(void *dev, unsigned cpu, uint64_t offset, unsigned size, uint64_t value)
{
	struct virtio *virtio = slot_at(dev, offset);
	unsigned reg = (unsigned)(offset % VIRTIO_SLOT_SIZE);

	(void)cpu;
	if (virtio && size == 4 && reg % 4 == 0 && reg < R_CONFIG)
		write_reg(virtio, reg, (uint32_t)value);
}

static void page_reset(void *dev)
{
	struct virtio_page *page = dev;

	for (unsigned i = 0; i < VIRTIO_SLOTS_PER_PAGE; i++)
		if (page->slot[i])
			reset(page->slot[i]);
}

static uint64_t page_poll(void *dev, uint64_t tick)
{
	struct virtio_page *page = dev;

	(void)tick;
	for (unsigned i = 0; i < VIRTIO_SLOTS_PER_PAGE; i++)
		if (page->slot[i] && can_serve(&page->slot[i]->state))
			serve(page->slot[i]);
	return DEVICE_NO_DEADLINE;
}

static void page_save(const void *dev, struct strbuf *out)
{
	const struct virtio_page *page = dev;

	for (unsigned i = 0; i < VIRTIO_SLOTS_PER_PAGE; i++)
		if (page->slot[i])
			state_save(out, state_tag, &page->slot[i]->state, sizeof(page->slot[i]->state));
}

static bool page_load(void *dev, struct device_blob *in)
{
	struct virtio_page *page = dev;

	for (unsigned i = 0; i < VIRTIO_SLOTS_PER_PAGE; i++)
		if (page->slot[i] && !state_load(in, state_tag, &page->slot[i]->state, sizeof(page->slot[i]->state)))
			return false;
	return true;
}

const struct device_ops virtio_ops = {
	.name = "virtio-mmio",
	.reset = page_reset,
	.read = page_read,
	.write = page_write,
	.peek = page_peek,
	.save = page_save,
	.load = page_load,
	.poll = page_poll,
};

/* ---- the object ---- */

struct virtio *virtio_new(struct machine *machine, const struct irq_wire *wire, const struct virtio_model *model)
{
	struct virtio *virtio = xzalloc(sizeof(*virtio));

	virtio->machine = machine;
	virtio->wire = *wire;
	virtio->model = model;
	return virtio;
}

void virtio_free(struct virtio *virtio)
{
	free(virtio);
}
