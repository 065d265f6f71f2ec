/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * ui/view_code.h: what the application asks of the code view.
 */
#ifndef UI_VIEW_CODE_H
#define UI_VIEW_CODE_H

#include "ui/view.h"

/* The address of the first instruction of the line at the cursor of VIEW (of kind view_code); false when the line has
 * none. */
bool view_code_address(const struct view *view, gva_t *addr);

#endif /* UI_VIEW_CODE_H */
