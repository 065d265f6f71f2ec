/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * unit/unit.c: main() of the unit test programs: run the suite, each test in a process of its own, and print TAP.
 *
 * CK_FORK=no runs them in this process, for a debugger.
 */
#include <stdlib.h>

#include "unit.h"

int main(void)
{
	SRunner *runner = srunner_create(unit_suite());
	int failed;

	srunner_set_tap(runner, "-");
	srunner_run_all(runner, CK_SILENT);
	failed = srunner_ntests_failed(runner);
	if (srunner_ntests_run(runner) == 0)
		failed = 1;
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
