# SPDX-License-Identifier: GPL-2.0-or-later

# SMP_ADD_CFLAGS(VARIABLE, FLAGS)
# Add to VARIABLE those of FLAGS that the C compiler knows.
AC_DEFUN([SMP_ADD_CFLAGS], [
	smp_saved_cflags=$CFLAGS
	for smp_flag in m4_normalize([$2]); do
		AS_VAR_PUSHDEF([smp_cache], [smp_cv_cflag_$smp_flag])
		AC_CACHE_CHECK([whether $CC knows $smp_flag], [smp_cache],
			[CFLAGS="-Werror $smp_flag"
			AC_COMPILE_IFELSE([AC_LANG_SOURCE([int smp_probe;])],
				[AS_VAR_SET([smp_cache], [yes])], [AS_VAR_SET([smp_cache], [no])])])
		AS_VAR_IF([smp_cache], [yes], [$1="$$1 $smp_flag"])
		AS_VAR_POPDEF([smp_cache])
	done
	CFLAGS=$smp_saved_cflags
])

# SMP_REQUIRE_LINK(FLAGS, MESSAGE)
# End with MESSAGE when a program does not link with FLAGS.
AC_DEFUN([SMP_REQUIRE_LINK], [
	smp_saved_cflags=$CFLAGS
	CFLAGS="$CFLAGS $1"
	AC_MSG_CHECKING([whether $CC links with $1])
	AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AC_MSG_RESULT([yes])],
		[AC_MSG_RESULT([no])
		AC_MSG_ERROR([$2])])
	CFLAGS=$smp_saved_cflags
])

# SMP_OPTIONAL_LIB(NAME, MODULE, USE, PACKAGE)
# Use the pkg-config MODULE where it is there: HAVE_NAME in config.h, NAME_CFLAGS, NAME_LIBS and the shell's have_NAME.
AC_DEFUN([SMP_OPTIONAL_LIB], [
	PKG_CHECK_MODULES([$1], [$2],
		[have_$1=yes
		AC_DEFINE([HAVE_$1], [1], [Define to 1 for $3 ($4).])],
		[have_$1=no
		AC_MSG_NOTICE([no $3: $4 is not installed])])
])
