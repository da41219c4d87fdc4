//! The report for machines: stable, version 1.

use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

use super::{CaseReport, Report, SubjectReport, Totals};
use crate::verdict::Verdict;

/// The report as JSON: the same run gives the same bytes.
pub fn to_json(report: &Report) -> String {
    // A report has only texts and numbers, which cannot fail to be written.
    serde_json::to_string_pretty(report).unwrap_or_default()
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("version", &1)?;
        map.serialize_entry("subjects", &self.subjects)?;
        map.serialize_entry("totals", &self.totals)?;
        map.end()
    }
}

impl Serialize for SubjectReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(4))?;
        map.serialize_entry("name", &self.name)?;
        map.serialize_entry("kind", self.kind)?;
        map.serialize_entry("totals", &self.totals)?;
        map.serialize_entry("cases", &self.cases)?;
        map.end()
    }
}

impl Serialize for CaseReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(5))?;
        map.serialize_entry("id", self.case.id)?;
        map.serialize_entry("group", self.case.group())?;
        map.serialize_entry("level", self.case.level.word())?;
        map.serialize_entry("verdict", &self.verdict)?;
        map.serialize_entry("detail", &self.detail)?;
        map.end()
    }
}

impl Serialize for Totals {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(Verdict::ALL.map(|verdict| (verdict.word(), self.count(verdict))))
    }
}
