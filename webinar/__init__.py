"""webinar: schedules webinars and journal clubs from "when?" to a verified certificate."""
