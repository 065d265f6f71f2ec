/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Benchmarks of the screen with 64 CPUs at 200x60, without a terminal: what drawing ten times a second takes of a second
 * of the machine's, and how long a keystroke (one step and its drawing) takes against a frame of a tenth of a second.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "session/session.h"
#include "ui/app.h"
#include "ui/grid.h"

enum { WIDTH = 200, HEIGHT = 60, REPEATS = 101, FRAMES_A_SECOND = 10 };

/* Of this process: others on the host do not count. */
static double seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median time of one drawing, with KEY pressed before each (0: none). */
static double draw(struct app *app, struct grid *grid, int key)
{
	double times[REPEATS];

	for (unsigned i = 0; i < REPEATS; i++) {
		double start = seconds();

		if (key)
			app_key(app, key);
		app_draw(app, grid);
		times[i] = seconds() - start;
	}
	qsort(times, REPEATS, sizeof(times[0]), compare);
	return times[REPEATS / 2];
}

int main(void)
{
	struct session_config config = {
		.boot = { .guest_dir = "guest", .cpus = 64, .model = CPU_CORTEX_A72 }, .keep_history = true,
	};
	struct error err = ERROR_NONE;
	struct session *session = session_new(&config, &err);
	struct app_host host = { 0 };
	struct grid *grid = grid_new(WIDTH, HEIGHT);
	struct app *app;
	double frame, key;

	if (!session) {
		fprintf(stderr, "%s\n", err.text);
		return EXIT_FAILURE;
	}
	session_start(session);
	app = app_new(session, &host);
	app_command(app, "until online:40");
	frame = draw(app, grid, 0);
	key = draw(app, grid, 's');
	printf("bench draw %.4f want 0.05 (ours %.2f ms a frame, %d frames a second, of 1 s)\n", frame * FRAMES_A_SECOND,
	       frame * 1e3, FRAMES_A_SECOND);
	printf("bench key %.3f want 1 (ours %.2f ms to step and draw, of a frame of %d ms)\n", key * FRAMES_A_SECOND, key * 1e3,
	       1000 / FRAMES_A_SECOND);
	app_free(app);
	grid_free(grid);
	session_free(session);
	return EXIT_SUCCESS;
}
