//! Wrong files of an organisation: the exact text for each.

use std::fs;
use std::path::Path;

use allies::initialization::import::{ColumnMap, OrganisationFiles};
use tempfile::TempDir;

const EMPLOYEES: &str = "id,name\nanna,Anna\nbert,Bert\ncara,Cara\n";
const TIES: &str = "source,target,layer\nanna,bert,advice\n";

/// Reads two files with this content.
fn read(
    employees: impl AsRef<[u8]>,
    ties: impl AsRef<[u8]>,
    columns: &ColumnMap,
) -> Result<OrganisationFiles, String> {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("employees.csv"), employees).unwrap();
    fs::write(folder.path().join("ties.csv"), ties).unwrap();
    read_in(folder.path(), "employees.csv", "ties.csv", columns)
}

fn read_in(
    folder: &Path,
    employees: &str,
    ties: &str,
    columns: &ColumnMap,
) -> Result<OrganisationFiles, String> {
    let found = OrganisationFiles::read(&folder.join(employees), &folder.join(ties), columns);
    found.map_err(|problems| {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        lines.join("\n").replace(
            &format!("{}{}", folder.display(), std::path::MAIN_SEPARATOR),
            "",
        )
    })
}

#[track_caller]
fn refused(employees: impl AsRef<[u8]>, ties: impl AsRef<[u8]>, expected: &str) {
    let found = read(employees, ties, &ColumnMap::default()).unwrap_err();
    assert_eq!(found, expected, "\nfound:\n{found}\n");
}

#[test]
fn an_unknown_id_in_a_tie_with_a_near_name() {
    refused(
        EMPLOYEES,
        "source,target,layer\nana,bert,advice\nanna,9,advice\n",
        "ties.csv:2: source: nobody among the employees has the id \"ana\"; did you mean \
         \"anna\"?\n  add this person to the employees, or remove the row\n\
         ties.csv:3: target: nobody among the employees has the id \"9\"\n  \
         add this person to the employees, or remove the row",
    );
}

#[test]
fn a_tie_to_oneself() {
    refused(
        EMPLOYEES,
        "source,target,layer\nbert,bert,advice\n",
        "ties.csv:2: \"bert\" is tied to themselves\n  \
         remove the row: nobody is their own alter",
    );
}

#[test]
fn a_tie_twice() {
    refused(
        EMPLOYEES,
        "source,target,layer\nanna,bert,advice\nbert,anna,advice\nanna,bert,lunch\nanna,bert,advice\n",
        "ties.csv:5: the tie from \"anna\" to \"bert\" in the layer \"advice\" already stands in \
         line 2\n  one row a tie and layer: remove one, or add up their weights",
    );
}

#[test]
fn a_tie_without_a_layer_and_one_without_an_end() {
    refused(
        EMPLOYEES,
        "source,target,layer\nanna,bert,\n,bert,advice\n",
        "ties.csv:2: layer: no layer\n  \
         name the layer of every tie, such as advice or friendship\n\
         ties.csv:3: source: no id\n  name both ends of the tie by the ids of the employees",
    );
}

#[test]
fn weights_that_are_no_finite_numbers() {
    let help = "write a finite number such as 1 or 2.5; larger is stronger, below 0 is a dislike";
    refused(
        EMPLOYEES,
        "source,target,layer,weight\nanna,bert,a,much\nanna,bert,b,NaN\nanna,bert,c,inf\n\
         anna,bert,d,\nanna,bert,e,-1\n",
        &format!(
            "ties.csv:2: weight: \"much\" is not a number\n  {help}\n\
             ties.csv:3: weight: \"NaN\" is not a finite number\n  {help}\n\
             ties.csv:4: weight: \"inf\" is not a finite number\n  {help}\n\
             ties.csv:5: weight: no weight\n  {help}"
        ),
    );
}

#[test]
fn a_column_of_the_ties_that_is_missing_with_a_near_name() {
    refused(
        EMPLOYEES,
        "source,tagret,layer\nanna,bert,advice\n",
        "ties.csv:1: target: there is no column \"target\"; did you mean \"tagret\"?\n  \
         the columns are source, tagret, layer; ties need source, target, layer and may have weight",
    );
}

#[test]
fn employees_without_a_column_of_ids() {
    refused(
        "person,name\nanna,Anna\n",
        TIES,
        "employees.csv:1: id: there is no column \"id\"\n  \
         the columns are person, name; name one with map.id",
    );
}

#[test]
fn a_mapped_column_that_does_not_exist() {
    let columns = ColumnMap {
        department: Some("practise".to_owned()),
        ..ColumnMap::default()
    };
    let found = read("id,practice\nanna,law\nbert,law\n", TIES, &columns).unwrap_err();
    assert_eq!(
        found,
        "employees.csv:1: practise: there is no column \"practise\", which is to be the \
         department; did you mean \"practice\"?\n  \
         the columns are id, practice; name one with map.department"
    );
}

#[test]
fn an_id_twice_and_an_id_missing() {
    refused(
        "id,name\nanna,Anna\nbert,Bert\nanna,Another\n,Nobody\n",
        TIES,
        "employees.csv:4: id: the id \"anna\" already stands in line 2\n  \
         every id must occur once: remove a row or give one person another id\n\
         employees.csv:5: id: no id\n  give every person an id, any text that occurs once",
    );
}

#[test]
fn a_cycle_of_managers_is_named() {
    refused(
        "id,manager_id\nanna,bert\nbert,cara\ncara,anna\ndora,anna\n",
        TIES,
        "employees.csv:2: manager_id: a cycle of managers: anna → bert → cara → anna\n  \
         somebody must be at the top: leave one manager empty or name another",
    );
}

#[test]
fn somebody_who_is_their_own_manager() {
    refused(
        "id,manager_id\nanna,\nbert,bert\n",
        TIES,
        "employees.csv:3: manager_id: \"bert\" is their own manager\n  \
         somebody must be at the top: leave one manager empty or name another",
    );
}

#[test]
fn a_manager_nobody_knows() {
    refused(
        "id,manager_id\nanna,brt\nbert,\n",
        TIES,
        "employees.csv:2: manager_id: nobody has the id \"brt\"; did you mean \"bert\"?\n  \
         name the manager by an id of this file, or leave the cell empty",
    );
}

#[test]
fn tenure_age_and_rank_that_are_no_numbers() {
    refused(
        "id,tenure_years,age,level_rank\nanna,long,30,1\nbert,2,-4,0\n",
        TIES,
        "employees.csv:2: tenure_years: \"long\" is not a tenure in years\n  write a number of years \
         from 0 to 100, or an empty cell if it is not known; map.tenure_years = \"\" leaves the \
         column out\n\
         employees.csv:3: age: \"-4\" is not an age in years\n  write a number of years from 0 to 150, or an \
         empty cell if it is not known; map.age = \"\" leaves the column out\n\
         employees.csv:3: level_rank: \"0\" is not a rank\n  write a whole number, 1 at the \
         top of the hierarchy, or an empty cell if it is not known; map.level_rank = \"\" leaves \
         the column out",
    );
}

#[test]
fn bytes_that_are_not_utf_8() {
    refused(
        b"id,name\nanna,Anna\nbert,B\xe9rt\n",
        TIES,
        "employees.csv:3: not UTF-8: byte 7 of the line is 0xe9\n  \
         save the file as UTF-8; spreadsheets call it \"CSV UTF-8\"",
    );
}

#[test]
fn empty_files() {
    refused(
        "",
        "\u{feff}\n",
        "employees.csv: the file is empty\n  \
         write a header such as id,name,department,level and one row a person\n\
         ties.csv: the file is empty\n  write a header, source,target,layer, and one row a tie",
    );
}

#[test]
fn semicolons_and_tabs_in_place_of_commas_are_told_once() {
    let help = "save the file with commas between columns and points in numbers; spreadsheets call it \
                \"CSV (comma delimited)\", with English regional settings";
    refused(
        "id;name;chef, if any\n1;Anna;\n2;Bert;1\n",
        "source\ttarget\tlayer\n1\t2\tadvice\n",
        &format!(
            "employees.csv:1: the columns are separated by semicolons, not by commas\n  {help}\n\
             ties.csv:1: the columns are separated by tabs, not by commas\n  {help}"
        ),
    );
}

#[test]
fn a_header_and_nobody_below_it() {
    refused(
        "id,name\n",
        "source,target,layer\n",
        "employees.csv: the file has a header but no rows\n  \
         write one row a person below the header",
    );
}

#[test]
fn rows_that_are_too_short_or_too_long() {
    let help = "fill in the missing cells; put text that holds a comma in \"quotes\", and close \
                every quote";
    refused(
        "id,name\nanna\nbert,Bert,Berlin\n",
        "source,target,layer\n",
        &format!(
            "employees.csv:2: 1 cells, but the header names 2 columns\n  {help}\n\
             employees.csv:3: 3 cells, but the header names 2 columns\n  {help}"
        ),
    );
}

#[test]
fn a_column_without_a_name_and_a_name_twice() {
    refused(
        "id,,name,name\nanna,x,y,z\n",
        TIES,
        "employees.csv:1: column 2 has no name\n  name every column in the first line\n\
         employees.csv:1: name: there are two columns \"name\"\n  rename or remove one of them",
    );
}

#[test]
fn a_file_that_does_not_exist_with_a_near_name() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("employees.csv"), EMPLOYEES).unwrap();
    fs::write(folder.path().join("ties.csv"), TIES).unwrap();
    let columns = ColumnMap::default();
    let found = read_in(folder.path(), "employes.csv", "ties.csv", &columns).unwrap_err();
    assert_eq!(
        found,
        "employes.csv: there is no such file\n  check the path of the file of employees; did you \
         mean \"employees.csv\"?"
    );
}

#[test]
fn a_folder_in_place_of_a_file() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("employees.csv"), EMPLOYEES).unwrap();
    fs::create_dir(folder.path().join("data")).unwrap();
    let columns = ColumnMap::default();
    let found = read_in(folder.path(), "employees.csv", "data", &columns).unwrap_err();
    assert_eq!(
        found,
        "data: this is a folder, not a file\n  name the file of ties in it, such as ties.csv"
    );
}

#[test]
fn both_files_are_told_at_once_and_a_wrong_roster_is_said_to_come_first() {
    refused(
        "id\nanna\n\"\"\n",
        "source,target,layer\nanna,zed,x\n",
        "employees.csv:3: id: no id\n  give every person an id, any text that occurs once\n\
         ties.csv:2: target: nobody among the employees has the id \"zed\"\n  mend the employees \
         first; if the id is still unknown, add this person or remove the row",
    );
}

#[test]
fn after_fifty_problems_the_rest_is_counted() {
    let rows: Vec<String> = (0..120)
        .map(|layer| format!("anna,nobody,{layer}"))
        .collect();
    let ties = format!("source,target,layer\n{}\n", rows.join("\n"));
    let found = read(EMPLOYEES, ties, &ColumnMap::default()).unwrap_err();
    assert_eq!(found.matches("nobody among").count(), 50);
    let end = "ties.csv: and 70 more problems\n  mend these first, then read the files again";
    assert!(found.ends_with(end), "{found}");
}

#[test]
fn a_byte_order_mark_windows_line_ends_quotes_and_spaces_are_no_problem() {
    let employees = "\u{feff}id,name,department,age\r\n 7 ,\"Smith, Jo\",R&D,41.5\r\nx-1,,,\r\n";
    let ties = "source,target,layer,weight\r\n7,x-1,\"work, daily\",-2\r\n";
    let files = read(employees, ties, &ColumnMap::default()).unwrap();
    assert_eq!(files.people[0].source_id, "7");
    assert_eq!(files.people[0].name.as_deref(), Some("Smith, Jo"));
    assert_eq!(files.people[0].department.as_deref(), Some("R&D"));
    assert_eq!(files.people[0].age, Some(41.5));
    assert_eq!(files.people[1].name, None, "an empty cell is not known");
    assert!(files.people[1].attributes.is_empty());
    assert_eq!(files.attribute_columns, ["name", "department", "age"]);
    assert_eq!(files.layers, ["work, daily"]);
    assert_eq!((files.ties[0].source, files.ties[0].target), (0, 1));
    assert_eq!(files.ties[0].weight, -2.0);
}

#[test]
fn columns_are_read_under_their_mapped_names_and_managers_become_places() {
    let columns = ColumnMap {
        department: Some("practice".to_owned()),
        manager_id: Some("boss".to_owned()),
        age: Some(String::new()),
        ..ColumnMap::default()
    };
    let employees = "id,practice,boss,age\na,law,b,30-39\nb,tax,,unknown\n";
    let files = read(employees, "source,target,layer\n", &columns).unwrap();
    assert_eq!(files.people[0].department.as_deref(), Some("law"));
    assert_eq!(files.people[0].manager, Some(1));
    assert_eq!(files.people[1].manager, None);
    assert_eq!(files.people[0].age, None, "not to be read");
    assert_eq!(
        files.people[0].attributes["age"], "30-39",
        "and still there"
    );
}
