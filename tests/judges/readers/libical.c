/* Reads calendar files with libical. In: FILE FROM TO as arguments, times like 20261001T000000Z;
   out: one JSON list of events, or one JSON string that says what is wrong. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *slurp(const char *path) {
    FILE *f = fopen(path, "rb");
    if (!f) return NULL;
    fseek(f, 0, SEEK_END);
    long size = ftell(f);
    rewind(f);
    char *text = malloc(size + 1);
    text[fread(text, 1, size, f)] = 0;
    fclose(f);
    return text;
}

static void put_text(const char *name, const char *text) {
    printf("\"%s\":\"", name);
    for (const unsigned char *c = (const unsigned char *)(text ? text : ""); *c; c++) {
        if (*c == '"' || *c == '\\') printf("\\%c", *c);
        else if (*c < 0x20) printf("\\u%04x", *c);
        else putchar(*c);
    }
    putchar('"');
}

static void put_time(const char *name, time_t at) {
    char text[32];
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", gmtime(&at));
    printf("\"%s\":\"%s\",", name, text);
}

static time_t instant(struct icaltimetype t) {
    return icaltime_as_timet_with_zone(t, icaltime_get_timezone(t));
}

static int count;
static time_t window_from, window_to;

static void put_event(icalcomponent *event, time_t start, time_t end) {
    if (start < window_from || start >= window_to) return;
    icalproperty *status = icalcomponent_get_first_property(event, ICAL_STATUS_PROPERTY);
    printf("%s{", count++ ? "," : "");
    put_time("start", start);
    put_time("end", end);
    put_text("title", icalcomponent_get_summary(event));
    putchar(',');
    put_text("place", icalcomponent_get_location(event));
    putchar(',');
    put_text("notes", icalcomponent_get_description(event));
    putchar(',');
    put_text("status", status ? icalproperty_get_value_as_string(status) : "");
    putchar('}');
}

/* RECURRENCE-ID as an instant: icalcomponent_get_recurrenceid leaves the TZID aside. */
static time_t original(icalcomponent *calendar, icalcomponent *override) {
    icalproperty *property = icalcomponent_get_first_property(override, ICAL_RECURRENCEID_PROPERTY);
    if (!property) return -1;
    struct icaltimetype named = icalproperty_get_recurrenceid(property);
    icalparameter *tzid = icalproperty_get_first_parameter(property, ICAL_TZID_PARAMETER);
    icaltimezone *zone = tzid ? icalcomponent_get_timezone(calendar, icalparameter_get_tzid(tzid)) : NULL;
    return icaltime_as_timet_with_zone(named, zone ? zone : icaltimezone_get_utc_timezone());
}

/* Whether an override of the same UID replaces the session that starts then. */
static int replaced(icalcomponent *master, time_t start) {
    icalcomponent *calendar = icalcomponent_get_parent(master);
    icalcompiter each = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);
    for (icalcomponent *c; (c = icalcompiter_deref(&each)); icalcompiter_next(&each)) {
        if (original(calendar, c) == start &&
            !strcmp(icalcomponent_get_uid(c), icalcomponent_get_uid(master)))
            return 1;
    }
    return 0;
}

static void take(icalcomponent *event, struct icaltime_span *span, void *unused) {
    (void)unused;
    if (!replaced(event, span->start)) put_event(event, span->start, span->end);
}

int main(int argc, char **argv) {
    if (argc != 4) return 64;
    struct icaltimetype from = icaltime_from_string(argv[2]), to = icaltime_from_string(argv[3]);
    window_from = icaltime_as_timet(from);
    window_to = icaltime_as_timet(to);
    char *text = slurp(argv[1]);
    icalcomponent *calendar = text ? icalparser_parse_string(text) : NULL;
    if (!calendar || icalcomponent_isa(calendar) != ICAL_VCALENDAR_COMPONENT) {
        puts("\"not one VCALENDAR\"");
        return 0;
    }
    int errors = icalcomponent_count_errors(calendar);
    if (errors) {
        printf("\"%d parse errors\"\n", errors);
        return 0;
    }
    if (icalcomponent_get_first_property(calendar, ICAL_METHOD_PROPERTY) && !icalrestriction_check(calendar)) {
        puts("\"a restriction of its method is broken\"");
        return 0;
    }
    putchar('[');
    icalcompiter each = icalcomponent_begin_component(calendar, ICAL_VEVENT_COMPONENT);
    for (icalcomponent *c; (c = icalcompiter_deref(&each)); icalcompiter_next(&each)) {
        if (icalcomponent_get_first_property(c, ICAL_RRULE_PROPERTY))
            icalcomponent_foreach_recurrence(c, from, to, take, NULL);
        else
            put_event(c, instant(icalcomponent_get_dtstart(c)), instant(icalcomponent_get_dtend(c)));
    }
    puts("]");
    return 0;
}
