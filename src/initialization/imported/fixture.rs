//! An organisation from the texts of its files.

use std::fs;

use super::*;
use crate::world::Organisation;

/// An organisation from the texts of its files, put in place with a seed.
pub(super) fn organisation(
    employees: &str,
    ties: &str,
    change: impl FnOnce(&mut ImportPlan),
    seed: u64,
) -> (Imported, OrganisationPlan, Organisation, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("employees.csv"), employees).unwrap();
    fs::write(
        folder.path().join("ties.csv"),
        format!("source,target,layer,weight\n{ties}"),
    )
    .unwrap();
    let mut plan = ImportPlan {
        employees: "employees.csv".to_owned(),
        ties: "ties.csv".to_owned(),
        ..ImportPlan::default()
    };
    change(&mut plan);
    let imported = Imported::read(&plan, folder.path()).unwrap();
    let arranged = imported.arrange(&Randomness::new(seed));
    let mut completed = OrganisationPlan::default();
    arranged.complete(&mut completed);
    completed.complete();
    let organisation = arranged.organisation(&completed);
    let notes = arranged.notes.clone();
    organisation.check_tree().unwrap();
    assert_eq!(organisation.posts.len(), imported.people());
    assert!((completed.levels.iter().map(|l| l.share.get()).sum::<f64>() - 1.0).abs() < 1e-9);
    (imported, completed, organisation, notes)
}
