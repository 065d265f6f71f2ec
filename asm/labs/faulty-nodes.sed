# SPDX-License-Identifier: GPL-2.0-or-later
#
# Five cpu nodes beside the boot CPU's, of which one is sound.
#image: tree
#file: dts/big-little.dts
/^	cpu-map {$/,/^		};$/d
/^		cpu-map {$/,/^		};$/d
/cpu@1 {/,/};/ s/^			reg = .*$/			\/* a name was forgotten *\//
/cpu@101 {/,/};/ s/reg = <0x101>/reg = <0x100>/
/cpu@102 {/,/};/ s/^			enable-method = .*$/			\/* started how? *\//
/cpu@103 {/,/};/ s/"psci"/"magic"/
