/* Stands between the desk and its disk, from outside: it is preloaded into the real binary, which
 * knows nothing of it. It sees what SQLite asks the system for, and can
 *
 *  - kill the process at a named call: DISK_POINT="write wal torn 3" (call, file, moment, which one),
 *    counted once the file DISK_ARMED exists, or from the start where that is not set;
 *  - keep in the folder DISK_SHADOW what a power cut would leave: of a file that was synced what it
 *    held then, of a folder that was synced which files were gone then;
 *  - lie: with DISK_LIES="all", or "wal", a sync says yes and does nothing;
 *  - fail: while the file DISK_FULL exists there is no space, while DISK_BROKEN does no sync works.
 *
 * DISK_DATABASE is the database; its -wal and its -journal are seen too. DISK_LOADED is made at once,
 * to show that it was preloaded.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* More than the desk ever has open at once. */
#define FILES 1024
#define PATH_ROOM 4096

enum kind { UNKNOWN, DATABASE, WAL, JOURNAL, FOLDER };
static const char *const suffix[] = {"", "", "-wal", "-journal"};
static const char *const name_of[] = {"", "database", "wal", "journal", "folder"};

static enum kind files[FILES];
/* Made anew and not synced since: nothing of its predecessor belongs to it. */
static int is_new[FOLDER];
/* What was written since it was last kept, from and to; at first all of it may have been. */
#define ALL ((off_t)(~0ULL >> 1))
static off_t dirty_from[FOLDER], dirty_to[FOLDER] = {ALL, ALL, ALL, ALL};
/* One at a time, so that what is kept is what was there. */
static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static char point_call[16], point_file[16], point_moment[16];
static long point_left;

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static int is(const char *one, const char *other) { return strcmp(one, other) == 0; }

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static ssize_t real_write(int file, const void *bytes, size_t count, off_t at) {
    static ssize_t (*plain)(int, const void *, size_t);
    static ssize_t (*placed)(int, const void *, size_t, off_t);
    if (!plain) plain = real("write");
    if (!placed) placed = real("pwrite64");
    return at < 0 ? plain(file, bytes, count) : placed(file, bytes, count, at);
}

static int real_open(const char *path, int flags, mode_t mode) {
    static int (*call)(const char *, int, ...);
    if (!call) call = real("open64");
    return call(path, flags, mode);
}

static int real_unlink(const char *path) {
    static int (*call)(const char *);
    if (!call) call = real("unlink");
    return call(path);
}

static int real_sync(int file, const char *name) {
    int (*call)(int) = real(name);
    return call(file);
}

__attribute__((constructor)) static void begin(void) {
    sscanf(setting("DISK_POINT"), "%15s %15s %15s %ld", point_call, point_file, point_moment,
           &point_left);
    int file = real_open(setting("DISK_LOADED"), O_WRONLY | O_CREAT, 0600);
    if (file >= 0) close(file);
}

static enum kind kind_of_path(const char *path) {
    const char *database = setting("DISK_DATABASE");
    size_t length = strlen(database);
    if (!length) return UNKNOWN;
    if (strncmp(path, database, length) == 0)
        for (enum kind kind = DATABASE; kind <= JOURNAL; kind++)
            if (is(path + length, suffix[kind])) return kind;
    size_t folder = strrchr(database, '/') - database;
    return strlen(path) == folder && strncmp(path, database, folder) == 0 ? FOLDER : UNKNOWN;
}

static enum kind kind_of(int file) { return file >= 0 && file < FILES ? files[file] : UNKNOWN; }

/* Whether this is the call to die at. */
static int strikes(const char *call, enum kind kind) {
    if (!is(call, point_call) || !is(name_of[kind], point_file) || point_left <= 0) return 0;
    const char *armed = setting("DISK_ARMED");
    if (*armed && access(armed, F_OK) != 0) return 0;
    return --point_left == 0;
}

/* Whether the file of that setting exists. */
static int is_there(const char *name) {
    const char *path = setting(name);
    return *path && access(path, F_OK) == 0;
}

static void die_at(int hit, const char *moment) {
    static const char words[] = "disk.c: killed at its point\n";
    if (!hit || !is(moment, point_moment)) return;
    real_write(2, words, sizeof words - 1, -1);
    kill(getpid(), SIGKILL);
    for (;;) pause();
}

static void shadow_of(enum kind kind, char *path) {
    const char *base = strrchr(setting("DISK_DATABASE"), '/');
    snprintf(path, PATH_ROOM - sizeof ".new", "%s%s%s", setting("DISK_SHADOW"), base ? base : "", suffix[kind]);
}

static void note_dirty(enum kind kind, off_t from, off_t to) {
    if (from < dirty_from[kind]) dirty_from[kind] = from;
    if (to > dirty_to[kind]) dirty_to[kind] = to;
}

/* A synced file: power cannot take what it holds now. A kill in the middle leaves some of it, as a
 * power cut in the middle of a sync would. */
static void keep(int file, enum kind kind) {
    static char room[1 << 16];
    char path[PATH_ROOM];
    struct stat now;
    shadow_of(kind, path);
    int shadow = real_open(path, O_WRONLY | O_CREAT, 0600);
    if (shadow < 0) return;
    if (is_new[kind]) {
        if (ftruncate(shadow, 0) != 0) abort();
        is_new[kind] = 0;
        note_dirty(kind, 0, ALL);
    }
    off_t at = dirty_from[kind];
    while (at < dirty_to[kind]) {
        off_t left = dirty_to[kind] - at;
        ssize_t count = pread(file, room, left < (off_t)sizeof room ? (size_t)left : sizeof room, at);
        if (count <= 0) break;
        if (real_write(shadow, room, count, at) != count) abort();
        at += count;
    }
    if (fstat(file, &now) != 0 || ftruncate(shadow, now.st_size) != 0) abort();
    dirty_from[kind] = ALL;
    dirty_to[kind] = 0;
    close(shadow);
    strcat(path, ".new");
    real_unlink(path);
}

/* A synced folder: what was deleted from it does not come back. */
static void forget_deleted(void) {
    char path[PATH_ROOM];
    for (enum kind kind = DATABASE; kind <= JOURNAL; kind++) {
        snprintf(path, sizeof path, "%s%s", setting("DISK_DATABASE"), suffix[kind]);
        if (access(path, F_OK) == 0) continue;
        shadow_of(kind, path);
        real_unlink(path);
    }
}

static ssize_t write_file(int file, const void *bytes, size_t count, off_t at) {
    enum kind kind = kind_of(file);
    if (kind == UNKNOWN) return real_write(file, bytes, count, at);
    if (is_there("DISK_FULL")) {
        errno = ENOSPC;
        return -1;
    }
    pthread_mutex_lock(&turn);
    int hit = strikes("write", kind);
    die_at(hit, "before");
    if (hit && is(point_moment, "torn")) {
        real_write(file, bytes, count / 2, at);
        die_at(hit, "torn");
    }
    ssize_t written = real_write(file, bytes, count, at);
    if (at < 0) note_dirty(kind, 0, ALL);
    else note_dirty(kind, at, at + (off_t)count);
    die_at(hit, "after");
    pthread_mutex_unlock(&turn);
    return written;
}

static int sync_file(int file, const char *name) {
    enum kind kind = kind_of(file);
    if (kind == UNKNOWN) return real_sync(file, name);
    if (is_there("DISK_BROKEN")) {
        errno = EIO;
        return -1;
    }
    const char *lies = setting("DISK_LIES");
    if (is(lies, "all") || is(lies, name_of[kind])) return 0;
    pthread_mutex_lock(&turn);
    int hit = strikes("sync", kind);
    die_at(hit, "before");
    int failed = real_sync(file, name);
    if (!failed && *setting("DISK_SHADOW")) {
        if (kind == FOLDER) forget_deleted();
        else keep(file, kind);
    }
    die_at(hit, "after");
    pthread_mutex_unlock(&turn);
    return failed;
}

/* Nothing of the file that had this name before belongs to it. */
static void note_new(enum kind kind) {
    char path[PATH_ROOM];
    is_new[kind] = 1;
    if (!*setting("DISK_SHADOW")) return;
    shadow_of(kind, path);
    strcat(path, ".new");
    int note = real_open(path, O_WRONLY | O_CREAT, 0600);
    if (note >= 0) close(note);
}

static int open_file(const char *path, int flags, mode_t mode) {
    enum kind kind = kind_of_path(path);
    int made = kind != UNKNOWN && kind != FOLDER && (flags & O_CREAT) && access(path, F_OK) != 0;
    int file = real_open(path, flags, mode);
    if (file < 0 || file >= FILES) return file;
    files[file] = kind;
    if (made) note_new(kind);
    return file;
}

/* What the desk, and the SQLite in it, call. */

ssize_t write(int file, const void *bytes, size_t count) {
    return write_file(file, bytes, count, -1);
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t at) {
    return write_file(file, bytes, count, at);
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off_t at) {
    return write_file(file, bytes, count, at);
}

int fsync(int file) { return sync_file(file, "fsync"); }

int fdatasync(int file) { return sync_file(file, "fdatasync"); }

static mode_t mode_of(int flags, va_list rest) { return flags & O_CREAT ? va_arg(rest, int) : 0; }

int open(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_file(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
    va_list rest;
    va_start(rest, flags);
    mode_t mode = mode_of(flags, rest);
    va_end(rest);
    return open_file(path, flags, mode);
}

int close(int file) {
    static int (*call)(int);
    if (!call) call = real("close");
    if (file >= 0 && file < FILES) files[file] = UNKNOWN;
    return call(file);
}
