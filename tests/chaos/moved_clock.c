/* A wall clock that is off by the seconds in a file, for programs that preload this library.

   The monotonic clock stays as it is, as on a machine whose clock is set: libfaketime 0.9.10 moves one with the other,
   or lets Python's sleep fail. The file holds one 64-bit number, is mapped, and may change at any time. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <semaphore.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

/* deadlines before this second are the monotonic clock's */
#define YEAR_2001 1000000000

static volatile int64_t nothing = 0;
static volatile int64_t *offset = &nothing;
static int (*real_gettime)(clockid_t, struct timespec *);
static int (*real_wait)(sem_t *, const struct timespec *);
static int (*real_cond)(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);

__attribute__((constructor)) static void begin(void)
{
    real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    real_wait = dlsym(RTLD_NEXT, "sem_timedwait");
    real_cond = dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    if (!real_cond)
        real_cond = dlsym(RTLD_NEXT, "pthread_cond_timedwait");
    const char *path = getenv("MOVED_CLOCK");
    int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (file < 0)
        return;
    void *mapped = mmap(NULL, sizeof(int64_t), PROT_READ, MAP_SHARED, file, 0);
    close(file);
    if (mapped != MAP_FAILED)
        offset = mapped;
}

int clock_gettime(clockid_t clock, struct timespec *now)
{
    if (!real_gettime)
        real_gettime = dlsym(RTLD_NEXT, "clock_gettime");
    int failed = real_gettime(clock, now);
    if (!failed && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        now->tv_sec += *offset;
    return failed;
}

int gettimeofday(struct timeval *now, void *zone)
{
    (void)zone;
    struct timespec precise;
    int failed = clock_gettime(CLOCK_REALTIME, &precise);
    now->tv_sec = precise.tv_sec;
    now->tv_usec = precise.tv_nsec / 1000;
    return failed;
}

time_t time(time_t *told)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME_COARSE, &now);
    if (told)
        *told = now.tv_sec;
    return now.tv_sec;
}

static struct timespec kernels(const struct timespec *deadline)
{
    struct timespec same = *deadline;
    if (same.tv_sec > YEAR_2001)
        same.tv_sec -= *offset;
    return same;
}

int sem_timedwait(sem_t *semaphore, const struct timespec *deadline)
{
    struct timespec real = kernels(deadline);
    return real_wait(semaphore, &real);
}

int pthread_cond_timedwait(pthread_cond_t *condition, pthread_mutex_t *mutex, const struct timespec *deadline)
{
    struct timespec real = kernels(deadline);
    return real_cond(condition, mutex, &real);
}
