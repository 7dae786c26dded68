"""What the demo's sessions are about; fictional, but as such sessions are."""

from webinar.sessions.models import Kind
from webinar.sessions.service.draft import Draft

ABSTRACTS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "Flow diverters in ruptured aneurysms: when, and with which antiplatelets?",
        "Three cases, three continents. We look at **timing of diversion** after subarachnoid haemorrhage, at "
        "antiplatelet regimens where prasugrel or tirofiban are unavailable, and at what to do when the shunt "
        "comes first.",
        (
            "Name the situations in which diversion in the acute phase is defensible.",
            "Choose an antiplatelet regimen under local formulary constraints.",
            "Plan CSF diversion around dual antiplatelet therapy.",
        ),
    ),
    (
        "Clipping the middle cerebral artery: a course in twenty minutes",
        "Exposure, proximal control, the dome last. Videos are short and work on a poor line.",
        ("Plan proximal control before the dome is touched.", "Choose between one clip and several."),
    ),
    (
        "Vasospasm on the ward: what works without a catheter laboratory",
        "Milrinone, induced hypertension, transcranial Doppler by hand: what helps where angiography is far.",
        ("Recognise delayed ischaemia early.", "Treat it with what a district hospital has."),
    ),
    (
        "Brain AVM: treat, watch, or refer?",
        "Grading, natural history, and an honest talk with the family.",
        ("Grade an AVM.", "Explain yearly risk in plain words."),
    ),
    (
        "Cavernomas of the brainstem: who should operate, and where?",
        "Two cases with the images, and the question of referral across borders.",
        ("Name the safe entry zones.", "Decide when to refer."),
    ),
    (
        "Carotid stenosis after the trials: what is left of surgery",
        "An hour on numbers needed to treat, and on the centres that reach them.",
        ("Read a trial’s absolute risk reduction.",),
    ),
    (
        "Moyamoya: direct bypass where the microscope is old",
        "Direct, indirect, combined; and training on a chicken wing.",
        ("Choose a bypass for the patient in front of you.",),
    ),
    (
        "Vascular board: bring your case",
        "Six cases of ten minutes, chosen from those that you send in.",
        ("Present a case in three minutes.", "Give an opinion with its reasons."),
    ),
)

WORKSHOP = Draft(
    title="Hands-on: reading a CT angiogram on a phone",
    kind=Kind.WORKSHOP,
    abstract="Bring a phone and three scans. We read them together, step by step.",
    objectives=("Find the aneurysm on a CT angiogram.", "Say when the scan is not good enough."),
    topic="Imaging",
    capacity=60,
    credit_scheme="hourly_quarter",
)

CLUB = Draft(
    title="Paper of the month",
    kind=Kind.JOURNAL_CLUB,
    abstract="**Example J, Sample A, Placeholder B, et al.** Early mobilisation after aneurysmal subarachnoid "
    "haemorrhage: a multicentre randomised trial. *Journal of Fictional Neurosurgery* 2026;12(4):210–219. "
    "DOI 10.5555/jfn.2026.0412 (a fictional paper, open copy).\n\n"
    "Read the one-minute abstract, or the 12-minute summary, or the paper (38 minutes). In the live hour we "
    "ask four questions:\n\n"
    "1. Is the question relevant where you work?\n"
    "2. Is the comparison fair?\n"
    "3. Would these patients be yours?\n"
    "4. Would you change practice?",
    objectives=("Appraise a randomised trial.", "Decide whether its patients are like yours."),
    topic="Vascular",
    credit_scheme="hourly_quarter",
)
