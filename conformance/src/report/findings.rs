//! What a run found: a verdict a case, totals, and the exit status that follows from them.

use crate::case::Case;
use crate::verdict::Verdict;

/// What a run found.
#[derive(Debug, Clone)]
pub struct Report {
    /// Subject by subject, by name.
    pub subjects: Vec<SubjectReport>,
    /// Of all subjects.
    pub totals: Totals,
}

/// What was found about a subject.
#[derive(Debug, Clone)]
pub struct SubjectReport {
    /// The provider's name.
    pub name: String,
    /// How it was tested.
    pub kind: &'static str,
    /// Of this subject.
    pub totals: Totals,
    /// Case by case, in the order of the catalogue.
    pub cases: Vec<CaseReport>,
}

/// What a case found about a subject.
#[derive(Debug, Clone)]
pub struct CaseReport {
    /// The case.
    pub case: &'static Case,
    /// Its outcome.
    pub verdict: Verdict,
    /// Why, unless it passed.
    pub detail: Option<String>,
    /// What was answered, one line a token: for snapshots.
    pub observations: Vec<String>,
}

/// How many cases had each verdict.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals([usize; Verdict::ALL.len()]);

impl Totals {
    fn of<'c>(cases: impl IntoIterator<Item = &'c CaseReport>) -> Self {
        let mut totals = Self::default();
        for case in cases {
            totals.0[case.verdict as usize] += 1;
        }
        totals
    }

    /// How many had this verdict.
    pub const fn count(&self, verdict: Verdict) -> usize {
        self.0[verdict as usize]
    }
}

impl SubjectReport {
    pub(crate) fn new(name: &str, cases: Vec<CaseReport>) -> Self {
        // `Report::of` counts.
        let totals = Totals::default();
        Self { name: name.to_owned(), kind: "in-process", totals, cases }
    }
}

impl Report {
    /// The report of what was found about these subjects, counted.
    pub fn of(mut subjects: Vec<SubjectReport>) -> Self {
        for subject in &mut subjects {
            subject.totals = Totals::of(&subject.cases);
        }
        let totals = Totals::of(subjects.iter().flat_map(|subject| &subject.cases));
        Self { subjects, totals }
    }

    /// 0: as expected. 1: a case failed. 3: a subject did not start, could not be tested, or
    /// refused what is good.
    pub const fn exit_status(&self) -> u8 {
        if self.totals.count(Verdict::Fail) > 0 {
            1
        } else if self.totals.count(Verdict::Error) + self.totals.count(Verdict::Unimplemented) > 0
        {
            3
        } else {
            0
        }
    }

    /// The same, a missed SHOULD counting as a failure.
    pub const fn strict_exit_status(&self) -> u8 {
        if self.totals.count(Verdict::NonStrict) > 0 { 1 } else { self.exit_status() }
    }
}
