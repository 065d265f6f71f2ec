/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * service/board_report.h: a board description for people and for programs (`smptutor dtb`).
 */
#ifndef SERVICE_BOARD_REPORT_H
#define SERVICE_BOARD_REPORT_H

#include "base/strbuf.h"
#include "service/board_desc.h"

/* Append BOARD to OUT as text that reads well in 100 columns. */
void board_report_text(const struct board_desc *board, struct strbuf *out);

/* Append BOARD to OUT as one JSON object and a newline.  The keys that interface.md fixes: cpus (node, mpidr,
 * logical, enable_method, release_addr, problem), conduit, psci, memory, uart, gic, timer, ignored,
 * problems.  Besides: model, bootable, boot_cpu, reserved, secure_memory, flash, virtio, power_gpio, stdout. */
void board_report_json(const struct board_desc *board, struct strbuf *out);

#endif /* SERVICE_BOARD_REPORT_H */
