/* Lets a process die, or its disk fail, at the n-th change that it makes to files. Preloaded; asleep until it is armed.

   A change is a call that makes, fills, cuts, renames, links or removes a file: of Python and of SQLite alike. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

enum { KILLED = 0, KILLED_HALFWAY = 1, FULL = 2, READ_ONLY = 3, BROKEN = 4 };

static long left = -1; /* changes that still go well; below zero: not armed */
static int kind = KILLED;
static long met = 0;

void arm(long after, int what) { left = after; kind = what; met = 0; }
long changes(void) { long seen = met; left = -1; return seen; }

#define REAL(name) (__extension__ ((__typeof__(&name))dlsym(RTLD_NEXT, #name)))

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* Tell whether this change fails; `frees` is one that a full disk does not hinder, `fills` one that can be done by half. */
static int fails(int frees, int fills)
{
    if (left < 0) return 0;
    met++;
    if (left > 0) { left--; return 0; }
    if (kind == KILLED || (kind == KILLED_HALFWAY && !fills)) die();
    if (kind == FULL && frees) return 0;
    if (kind == BROKEN) { left = 1L << 40; }
    errno = kind == FULL ? ENOSPC : kind == READ_ONLY ? EROFS : EIO;
    return 1;
}

static int is_file(int fd)
{
    struct stat found;
    int before = errno, is = left >= 0 && fstat(fd, &found) == 0 && S_ISREG(found.st_mode);
    errno = before;
    return is;
}

static int makes(const char *path, int flags)
{
    struct stat found;
    int before = errno, is = 0;
    if (left >= 0 && (flags & O_ACCMODE) != O_RDONLY) {
        int there = stat(path, &found) == 0;
        is = there ? S_ISREG(found.st_mode) && ((flags & O_TRUNC) || kind == READ_ONLY) : (flags & O_CREAT) != 0;
    }
    errno = before;
    return is;
}

#define MODE(flags) mode_t mode = 0; if ((flags) & (O_CREAT | O_TMPFILE)) { va_list more; va_start(more, flags); mode = va_arg(more, mode_t); va_end(more); }

int open(const char *path, int flags, ...) { MODE(flags) return makes(path, flags) && fails(0, 0) ? -1 : REAL(open)(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return makes(path, flags) && fails(0, 0) ? -1 : REAL(open64)(path, flags, mode); }
int openat(int at, const char *path, int flags, ...) { MODE(flags) return makes(path, flags) && fails(0, 0) ? -1 : REAL(openat)(at, path, flags, mode); }

#define FILLED(half, all) \
    if (is_file(fd) && fails(0, 1)) { \
        if (kind == KILLED_HALFWAY || kind == FULL) { int why = errno; if (size > 1) half; if (kind == KILLED_HALFWAY) die(); errno = why; } \
        return -1; \
    } \
    return all;

ssize_t write(int fd, const void *from, size_t size) { FILLED((void)!REAL(write)(fd, from, size / 2), REAL(write)(fd, from, size)) }
ssize_t pwrite(int fd, const void *from, size_t size, off_t at) { FILLED((void)!REAL(pwrite)(fd, from, size / 2, at), REAL(pwrite)(fd, from, size, at)) }
ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at) { FILLED((void)!REAL(pwrite64)(fd, from, size / 2, at), REAL(pwrite64)(fd, from, size, at)) }

int ftruncate(int fd, off_t size) { return is_file(fd) && fails(1, 0) ? -1 : REAL(ftruncate)(fd, size); }
int ftruncate64(int fd, off64_t size) { return is_file(fd) && fails(1, 0) ? -1 : REAL(ftruncate64)(fd, size); }
int fsync(int fd) { return is_file(fd) && fails(0, 0) ? -1 : REAL(fsync)(fd); }
int fdatasync(int fd) { return is_file(fd) && fails(0, 0) ? -1 : REAL(fdatasync)(fd); }
int rename(const char *from, const char *to) { return fails(1, 0) ? -1 : REAL(rename)(from, to); }
int link(const char *from, const char *to) { return fails(0, 0) ? -1 : REAL(link)(from, to); }
int linkat(int at, const char *from, int there, const char *to, int flags) { return fails(0, 0) ? -1 : REAL(linkat)(at, from, there, to, flags); }
int symlink(const char *from, const char *to) { return fails(0, 0) ? -1 : REAL(symlink)(from, to); }
int unlink(const char *path) { return fails(1, 0) ? -1 : REAL(unlink)(path); }
int unlinkat(int at, const char *path, int flags) { return fails(1, 0) ? -1 : REAL(unlinkat)(at, path, flags); }
int mkdir(const char *path, mode_t mode) { return fails(0, 0) ? -1 : REAL(mkdir)(path, mode); }
int rmdir(const char *path) { return fails(1, 0) ? -1 : REAL(rmdir)(path); }
int chmod(const char *path, mode_t mode) { return fails(1, 0) ? -1 : REAL(chmod)(path, mode); }
int fchmod(int fd, mode_t mode) { return is_file(fd) && fails(1, 0) ? -1 : REAL(fchmod)(fd, mode); }
int fchmodat(int at, const char *path, mode_t mode, int flags) { return fails(1, 0) ? -1 : REAL(fchmodat)(at, path, mode, flags); }
