# SPDX-License-Identifier: GPL-2.0-or-later
#
# The release addresses lie inside the kernel's Image, and nothing says that they are reserved.
#image: tree
#file: dts/spin-table.dts
s/0x4000f0/0x402008/
/memreserve/d
/^	reserved-memory {$/,/^	};$/d
