# SPDX-License-Identifier: GPL-2.0-or-later
#
# The boot CPU hands over the stack that it is running on.
#image: kernel
#file: asm/kernel/smp.c
s/secondary_data.stack = task_stack_page(idle)/secondary_data.stack = task_stack_page(current)/
