//! Invented first names for imported people.

/// First names from many places; none stands twice.
const FIRST_NAMES: [&str; 150] = [
    "Nora", "Elias", "Mira", "Jonas", "Lena", "Tomas", "Alma", "Felix", "Ines", "Oskar", "Wanda",
    "Ravi", "Greta", "Hugo", "Selma", "Anton", "Maya", "Emil", "Clara", "Idris", "Petra", "Simon",
    "Yara", "Viktor", "Hanna", "Leon", "Sofia", "Karim", "Edith", "Noah", "Livia", "Marek",
    "Amina", "Bruno", "Thea", "Pavel", "Rosa", "Nils", "Zoe", "Adam", "Judith", "Omar", "Linnea",
    "Hector", "Paula", "Kenji", "Ida", "Samuel", "Freya", "Dario", "Helen", "Milan", "Asta",
    "Rafael", "Judit", "Arne", "Vera", "Tariq", "Lotte", "Ivan", "Carmen", "Lukas", "Signe",
    "Amir", "Elsa", "Matteo", "Nadia", "Henrik", "Olive", "Stefan", "Leila", "Philip", "Ronja",
    "Diego", "Astrid", "Boris", "Farah", "Julian", "Mona", "Gustav", "Elena", "Rashid", "Tilda",
    "Marco", "Irene", "Levi", "Sanna", "Andrei", "Flora", "Kofi", "Edda", "Vincent", "Salma",
    "Erik", "Bianca", "Janus", "Marta", "Hakon", "Dina", "Robin", "Agnes", "Nikolai", "Luisa",
    "Theo", "Ayla", "Conrad", "Sina", "Albin", "Teresa", "Malik", "Ebba", "Laurent", "Kaya",
    "Magnus", "Renata", "Ilias", "Britta", "Cyrus", "Jana", "Otto", "Fatima", "Valentin", "Karin",
    "Moritz", "Anouk", "Sven", "Lydia", "Jasper", "Noor", "Casper", "Miriam", "Roland", "Tove",
    "Aron", "Celia", "Ingmar", "Zita", "Basil", "Heidi", "Quentin", "Daria", "Ludvig", "Amelie",
    "Kilian", "Runa", "Matthias", "Esther", "Yusuf", "Gerda", "Alvar",
];

/// The invented name of a person, the same for the same place in the file and nobody else's.
pub(super) fn pseudonym(person: usize) -> String {
    let name = FIRST_NAMES[person % FIRST_NAMES.len()];
    match person / FIRST_NAMES.len() {
        0 => name.to_owned(),
        round => format!("{name} {}", round + 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn nobody_shares_a_pseudonym() {
        let names: BTreeSet<String> = (0..1000).map(pseudonym).collect();
        assert_eq!(names.len(), 1000);
        assert_eq!(
            pseudonym(FIRST_NAMES.len()),
            format!("{} 2", FIRST_NAMES[0])
        );
    }
}
