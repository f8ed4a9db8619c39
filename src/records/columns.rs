//! Every column of every table: name, kind, unit, meaning. Written once, here; the files, the data
//! dictionary and the readers follow it.
//!
//! The names are a contract with the scripts of users: columns may be added at the end, a change or
//! removal is noted in the change log. Any cell may be missing; it is then empty or null, never 0.
//! Weeks count from 0 at the start of the recorded run, burn-in weeks are negative.

use super::spec::{ColumnSpec, Kind, TableSpec};

macro_rules! tables {
    ($($spec:ident = $table:literal: $sentence:literal { $($name:ident $kind:ident $unit:literal: $meaning:literal;)* })*) => {
        $(
            #[doc = concat!("`", $table, "`: ", $sentence)]
            pub static $spec: TableSpec = TableSpec {
                name: $table,
                meaning: $sentence,
                columns: &[$(ColumnSpec {
                    name: stringify!($name),
                    kind: Kind::$kind,
                    unit: $unit,
                    meaning: $meaning,
                }),*],
            };
        )*

        /// All tables of a run, in the order of the dictionary.
        pub static ALL: [&TableSpec; 10] = [$(&$spec),*];
    };
}

tables! {
    EVENTS = "events": "One row an event in the life of an employee or of the organisation." {
        week Integer "week": "Week in which it happened, counted from 0 at the start of the recorded run; burn-in weeks are negative.";
        kind Text "one of": "What happened: hired, promoted, reassigned (forced, by a restructuring), moved (a lateral move of one's own choice), left, laid_off, retired, restructuring, incident, programme, refused (turned a promotion down), demoted, became_boss (of a former peer), overtook_mentor, mentor_left.";
        employee Integer "employee id": "The employee it happened to; missing for events of the whole organisation. Ids are never reused.";
        strategy Text "strategy": "The employee's strategy of relating at that time.";
        from_department Text "department": "Department before the event; missing for a hire.";
        to_department Text "department": "Department after the event; missing for an exit.";
        from_level Text "level": "Level before the event; missing for a hire.";
        to_level Text "level": "Level after the event; missing for an exit.";
        cause Text "one of": "Why it happened, in a word (which kind of vacancy, exit, restructuring, incident or programme).";
        restructuring Integer "restructuring id": "The restructuring that caused it; missing where none did.";
        detail Text "text": "More about this one event, for people to read; missing where there is nothing to add.";
        vacancy_chain Integer "moves": "Moves so far in the vacancy chain that this move belongs to (White 1970); missing for other events.";
        decision Integer "decision id": "The decision that led to it; missing where none did.";
        present Integer "people": "Colleagues who were there when an incident happened; missing for other events.";
        counted_on Integer "people": "Of these, to how many the person hit holds a strong tie; missing for other events.";
        defenders Integer "people": "Of those present, how many defended the person hit; missing for other events.";
        harm Real "share, 0 to 1": "Share of the incident's harm that nobody averted; missing for other events.";
    }

    DECISIONS = "decisions": "One row a candidate of a panel that chose among people: why this person, and by how much." {
        decision Integer "decision id": "The decision; all candidates of one panel share it.";
        week Integer "week": "Week of the decision, counted from 0 at the start of the recorded run.";
        kind Text "one of": "What was decided: promotion, placement, layoff, move, demotion.";
        department Text "department": "Department of the post that was filled or cut.";
        level Text "level": "Level of the post that was filled or cut.";
        candidate Integer "employee id": "The person considered.";
        strategy Text "strategy": "The candidate's strategy of relating; recorded for analysis, never read by the panel.";
        rank Integer "rank": "Place of the candidate in the panel's order, 1 is the best score.";
        chosen Boolean "true or false": "Whether the decision fell on this candidate: promoted, placed or, in a layoff, let go.";
        score Real "score points": "What the panel ranked by: the sum of the parts that follow: performance, reputation, advocacy, acquaintance, luck, breadth, potential and pace.";
        performance Real "score points": "Part of the score: performance as the panel saw it, with its noise.";
        reputation Real "score points": "Part of the score: what the panel believes of the candidate as a person to work with.";
        advocacy Real "score points": "Part of the score: what those who spoke for the candidate added, weighed by their influence.";
        acquaintance Real "score points": "Part of the score: the advantage of being known to the panel's members.";
        luck Real "score points": "Part of the score: chance, the same draw whatever else is changed in the scenario.";
        panel_size Integer "people": "Members of the panel.";
        advocates Integer "people": "How many spoke for the candidate.";
        known_to Integer "people": "Members of the panel who know the candidate personally.";
        restructuring Integer "restructuring id": "The restructuring that the decision belongs to; missing for others.";
        breadth Real "score points": "Part of the score: having worked in more than one place of the firm by choice.";
        potential Real "score points": "Part of the score: skill at managing, as the panel sees it, for posts that manage.";
        dampened Integer "people": "Of those who spoke for the candidate, how many counted less because a programme has found a clique or favouritism.";
        opponents Integer "people": "Members of the panel who hold a negative tie to the candidate.";
        pace Real "score points": "Part of the score: having come to the level lately, in a promotion; who stays long is thought to have arrived.";
    }

    EMPLOYEES = "employees": "One row an employee and year: the yearly panel, taken at the year's end." {
        year Integer "year": "Year of the recorded run, 0 for the start and then 1 for the end of the first year, and so on.";
        employee Integer "employee id": "The employee; never reused.";
        name Text "name": "Name, or pseudonym, of the employee.";
        source_id Text "id in the source": "Id of an imported employee in the file it came from; missing for all others.";
        strategy Text "strategy": "Strategy of relating: a bundle of behaviours that no decision reads.";
        department Text "department": "Department at that time.";
        level Text "level": "Level at that time.";
        tenure_weeks Integer "weeks": "Time since the employee was hired.";
        competence Real "standard deviations": "True competence, 0 is the average of the organisation; nobody inside sees it.";
        output Real "output units a week": "Mean weekly output over the year; 1 is a full week of own work at average competence.";
        rating Real "standard deviations": "Last formal rating, in standard deviations of performance; missing before the first review.";
        reputation Real "share, 0 to 1": "What the organisation believes of the employee as a person to work with; 0.5 is neither good nor bad.";
        known_by Integer "people": "Colleagues who hold an active tie to the employee.";
        influence Real "share, 0 to 1": "Formal authority and informal standing together.";
        ties_active Integer "ties": "Ties that are kept up, on any layer.";
        ties_multiplex Integer "ties": "Active ties that are strong on two or more layers.";
        ties_hollow Integer "ties": "Active ties that look strong to the employee and fail when called upon: the other side would not speak for them.";
        advocates Integer "people": "Colleagues who would recommend or defend the employee.";
        informants Integer "people": "Colleagues who hold a strong, trusting tie to the employee and by habit give information or introductions.";
        collaborators Integer "people": "Colleagues with whom collaboration is strong both ways.";
        promotions Integer "promotions": "Promotions since the start of the recorded run.";
        reassignments Integer "reassignments": "Reassignments after restructurings since the start of the recorded run.";
        age Real "years": "Age.";
        presence_days Real "days a week": "Days a week in the office.";
        persona Boolean "true or false": "Whether the employee is a named persona fixed in the scenario.";
        status Text "one of": "active for everyone employed at that time.";
        level_rank Integer "rank": "Rank of the level, 1 for the lowest.";
        acquaintance Real "share, 0 to 1": "How well known the employee is in the organisation.";
        aspiration Text "one of": "What the employee strives for: leadership, excellence or building; it steers whom they seek.";
        interests Integer "topics": "Topics that the employee is interested in; curiosity adds to them.";
        balance Real "contacts' worth": "Value given less value received, over active ties, as of the last contact of each; below 0 for those who take more than they give.";
        insight Real "share, 0 to 1": "How well the employee knows what the partners of the active ties need, on average; missing without ties.";
        negative_ties Integer "people": "Colleagues who hold a negative tie to the employee (trust below `sincerity.hostile`), active or not.";
        manager_regard Real "share, 0 to 1": "How highly the manager holds the employee: trust times the strength of the strongest layer; missing without a manager.";
        managing Real "standard deviations": "True skill at managing others, a skill of its own; nobody inside sees it.";
        performance Real "standard deviations": "True performance in the last reviewed period against the firm's, before the manager's liking and noise; missing before the first review.";
        mentors Integer "people": "Colleagues ahead on the ladder or longer here, to whom the employee looks up and who look after the employee, read off the ties.";
        mentees Integer "people": "Colleagues whose mentor the employee is.";
        laterals Integer "moves": "Lateral moves of one's own choice since the hire.";
        pay Real "pay of an average post at the bottom": "Pay; missing when pay is switched off.";
        news_heard Integer "pieces": "Pieces of news heard in the year that were new to the employee; missing at the start.";
        news_elsewhere Integer "pieces": "Of these, pieces from other departments; missing at the start.";
        news_age Real "weeks": "Mean age of the pieces from other departments when heard: low for those who hear early. Missing when none was heard.";
        ideas Integer "ideas": "Ideas had in the year; missing at the start.";
        incidents Integer "incidents": "Incidents (blame, credit disputes, errors) that hit the employee in the year; missing at the start.";
        incidents_defended Integer "incidents": "Of these, incidents in which somebody defended the employee; missing at the start.";
        imitations Integer "times": "How often the employee has taken over the way of relating of someone who got on.";
        discouragement Real "share, 0 to 1": "Share of the hours and initiative for relating lost by being passed over.";
        effort_added Real "share": "Hours and initiative for relating that training has added, as a share of the own.";
        interpersonal_skill Real "standard deviations": "Interpersonal skill with what training has added, 0 is the average of the organisation.";
    }

    POSITIONS = "positions": "One row an employee, snapshot and layer: the place in the network of ties." {
        snapshot Text "snapshot": "Name of the snapshot: start, year-1 and so on, restructuring-1-before, restructuring-1-after-4, -13 and -52 (weeks), end.";
        week Integer "week": "Week of the snapshot.";
        employee Integer "employee id": "The employee.";
        strategy Text "strategy": "The employee's strategy of relating.";
        department Text "department": "Department at the snapshot.";
        level Text "level": "Level at the snapshot.";
        layer Text "one of": "Which ties count: collaboration, friendship, career_support, or union for all three together.";
        in_degree Integer "ties": "Colleagues who hold a tie to the employee.";
        out_degree Integer "ties": "Colleagues to whom the employee holds a tie.";
        strength_in Real "strength": "Sum of the strengths of the ties held by others.";
        strength_out Real "strength": "Sum of the strengths of the ties held by the employee.";
        betweenness Real "share, 0 to 1": "Share of the shortest paths between two others that run through the employee (Freeman 1977).";
        constraint Real "constraint": "Burt's constraint (1992): how far the employee's contacts lead back to each other; low where structural holes are bridged. Missing without ties.";
        effective_size Real "ties": "Burt's effective size (1992): contacts less their redundancy. Missing without ties.";
        clustering Real "share, 0 to 1": "Share of pairs of the employee's contacts who are tied themselves. Missing with fewer than two contacts.";
        core Integer "core number": "Largest k such that the employee belongs to a group in which each has at least k ties inside (Seidman 1983).";
        cross_department_share Real "share, 0 to 1": "Share of the employee's ties that lead to another department. Missing without ties.";
        community Integer "community id": "Community of the network found at this snapshot; ids mean nothing across snapshots.";
        reciprocity Real "share, 0 to 1": "Share of the ties held by the employee that are returned. Missing without ties.";
        advocates Integer "people": "Colleagues who would recommend or defend the employee.";
        informants Integer "people": "Colleagues who hold a strong, trusting tie to the employee and by habit give information or introductions.";
        collaborators Integer "people": "Colleagues with whom collaboration is strong both ways.";
        hollow_ties Integer "ties": "Ties of the employee that look strong and fail when called upon.";
    }

    TIES = "ties": "One row a directed tie and snapshot: what the source holds about the target." {
        snapshot Text "snapshot": "Name of the snapshot, as in `positions`.";
        week Integer "week": "Week of the snapshot.";
        source Integer "employee id": "The employee who holds the tie.";
        target Integer "employee id": "The employee whom the tie is about.";
        collaboration Real "strength, 0 to 1": "Strength of work collaboration.";
        friendship Real "strength, 0 to 1": "Strength of friendship.";
        career_support Real "strength, 0 to 1": "Strength of career support.";
        trust Real "share, 0 to 1": "How sincere the source believes the target to be.";
        last_contact Integer "week": "Week of the last contact between the two.";
        informs Boolean "true or false": "Whether the source is an informant of the target: a strong, trusting tie, and the habit of giving information or introductions.";
        first_contact Integer "week": "Week in which the source made the record.";
        insight Real "share, 0 to 1": "How well the source knows what the target needs.";
        ledger Real "contacts' worth": "Value given less value received, as the source counts it, as of the last contact.";
        negative Boolean "true or false": "Whether the tie is negative: trust below `sincerity.hostile`.";
    }

    WEEKLY = "weekly": "One row a week: the organisation as a whole." {
        week Integer "week": "The week, counted from 0 at the start of the recorded run.";
        headcount Integer "people": "Employees at the end of the week.";
        output Real "output units": "Output of all employees in the week; 1 is a full week of own work at average competence.";
        contacts Integer "contacts": "Contacts between two people that took place.";
        contacts_cross_department Integer "contacts": "Of these, contacts between different departments.";
        ties_active Integer "ties": "Ties that are kept up; missing in weeks in which they are not counted.";
        ties_formed Integer "ties": "Records about a new partner made in the week.";
        ties_dropped Integer "ties": "Records given up in the week because there was no room for them.";
        promotions Integer "promotions": "Promotions in the week.";
        reassignments Integer "reassignments": "Reassignments after restructurings in the week.";
        exits Integer "people": "People who left, retired or were laid off in the week.";
        hires Integer "people": "People hired in the week.";
        contacts_by_video Integer "contacts": "Of the contacts, those by video.";
        contacts_in_writing Integer "contacts": "Of the contacts, those in writing; what is left is in person.";
        contacts_cross_site Integer "contacts": "Of the contacts, those between different sites.";
        contacts_arranged Integer "contacts": "Of the contacts, those that were arranged: rituals and programmes.";
        conflicts Integer "contacts": "Of the contacts, those that ended in a conflict.";
        feigned Integer "sides": "Sides of a contact (two each) that rested on a feigned interest.";
        seen_through Integer "sides": "Of the feigned sides, those that the other saw through.";
        ties_revived Integer "ties": "Records about a partner taken up again after they had become dormant.";
        interests_gained Integer "topics": "Interests that grew from curiosity.";
        rumours Integer "rumours": "Rumours about people whom the teller does not know.";
        contacts_formal Integer "contacts": "Of the contacts, those that the work required.";
        projects_ended Integer "projects": "Projects that ended in the week.";
        projects_won Integer "projects": "Of these, those that succeeded.";
        crossing_ended Integer "projects": "Projects across functions that ended in the week.";
        crossing_won Integer "projects": "Of these, those that succeeded.";
        translated_ended Integer "projects": "Projects across functions that ended with a translator among the members.";
        translated_won Integer "projects": "Of these, those that succeeded.";
        efficiency Real "share, 0 to 1": "Competence weighted by the responsibility of the posts, of the greatest possible, in the last week of a year; missing in other weeks.";
        news_heard Integer "pieces": "Pieces of news that were new to those who heard them in the week.";
        ideas Integer "ideas": "Ideas had in the week.";
        incidents Integer "incidents": "Incidents that hit somebody in the week.";
        incidents_defended Integer "incidents": "Of these, incidents in which somebody defended the person hit.";
        programme_hours Real "hours": "Hours that HR programmes took in the week, besides their meetings.";
        meetings_scheduled Integer "meetings": "Meetings that HR programmes put into the week.";
        dealings Integer "dealings": "How often the people in these contacts dealt with each other.";
    }

    PLACEMENTS = "placements": "One row a member of an affected department and restructuring: what became of everyone." {
        restructuring Integer "restructuring id": "The restructuring.";
        week Integer "week": "Week in which it took effect.";
        employee Integer "employee id": "The member of an affected department.";
        strategy Text "strategy": "The employee's strategy of relating.";
        from_department Text "department": "Department before.";
        to_department Text "department": "Department after; missing for those who left or were dismissed.";
        from_level Text "level": "Level before.";
        to_level Text "level": "Level after; missing for those who left or were dismissed.";
        outcome Text "one of": "kept (own post), better, lateral, less_desirable, dismissed, left.";
        displaced Boolean "true or false": "Whether the employee's own post was abolished.";
    }

    PROGRAMMES = "programmes": "One row an employee to whom an HR programme was open when it began: drawn to take part, or not." {
        programme Text "programme": "Name of the programme, or its number in the scenario.";
        kind Text "one of": "training, mentoring, sponsorship, lunch_and_learn, rotation, virtual_coffee, cooperation_culture, monitoring.";
        week Integer "week": "Week of the draw, the programme's first.";
        employee Integer "employee id": "The employee.";
        strategy Text "strategy": "The employee's strategy of relating at that time.";
        assigned Boolean "true or false": "Whether the employee was drawn to take part; the others are the comparison.";
        week_end Integer "week": "Last week of the programme as planned.";
        hours Real "hours a week": "Hours a week that the programme takes from the employee, besides its meetings; 0 for those not drawn.";
        partner Integer "employee id": "Mentor, sponsor or exchange partner; missing where there is none.";
    }

    SURVEY = "survey": "One row a name that an employee gives when asked for the closest colleagues on a layer: the firm as a survey sees it." {
        snapshot Text "snapshot": "Name of the snapshot, as in `positions`: start, each year's end, end.";
        week Integer "week": "Week of the survey.";
        layer Text "one of": "What was asked for: collaboration, friendship, career_support.";
        source Integer "employee id": "The employee who was asked.";
        target Integer "employee id": "The colleague who was named.";
        rank Integer "rank": "Place on the list of names, 1 is the closest.";
    }

    TRACE = "trace": "One row an ordered pair of employees and window with a contact between them: the firm as a log of contacts sees it." {
        window Integer "window": "Number of the window, from 1.";
        from_week Integer "week": "First week of the window.";
        to_week Integer "week": "Last week of the window.";
        source Integer "employee id": "The employee who sought the contacts.";
        target Integer "employee id": "The employee who took them up.";
        contacts Integer "contacts": "Contacts that took place in the window.";
        in_person Integer "contacts": "Of these, face to face.";
        video Integer "contacts": "Of these, by video or telephone.";
        written Integer "contacts": "Of these, in writing.";
        formal Integer "contacts": "Of all, those that the work required.";
        dealings Integer "dealings": "How often the two dealt with each other in these contacts.";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_the_contract_are_there() {
        for (spec, names) in [
            (
                &EVENTS,
                "week kind employee strategy from_department to_department from_level to_level \
                 cause restructuring",
            ),
            (
                &DECISIONS,
                "decision week kind department level candidate strategy rank chosen score \
                 performance reputation advocacy acquaintance luck",
            ),
            (
                &EMPLOYEES,
                "year employee name source_id strategy department level tenure_weeks competence \
                 output rating reputation known_by influence ties_active ties_multiplex \
                 ties_hollow advocates informants collaborators promotions reassignments",
            ),
            (
                &POSITIONS,
                "snapshot week employee strategy department level layer in_degree out_degree \
                 strength_in strength_out betweenness constraint effective_size clustering core \
                 cross_department_share community",
            ),
            (
                &TIES,
                "snapshot week source target collaboration friendship career_support trust \
                 last_contact",
            ),
            (
                &WEEKLY,
                "week headcount output contacts contacts_cross_department ties_active ties_formed \
                 ties_dropped promotions reassignments exits hires",
            ),
        ] {
            let found: Vec<_> = spec.columns.iter().map(|column| column.name).collect();
            let contract: Vec<_> = names.split_whitespace().collect();
            assert_eq!(
                found[..contract.len()],
                contract,
                "{}: own columns follow",
                spec.name
            );
        }
    }

    #[test]
    fn every_column_has_a_unit_and_a_meaning_and_its_name_once() {
        for table in ALL {
            for (place, column) in table.columns.iter().enumerate() {
                let name = format!("{}.{}", table.name, column.name);
                assert!(!column.unit.is_empty(), "{name} has no unit");
                assert!(
                    column.meaning.ends_with('.'),
                    "{name}: the meaning is a sentence"
                );
                assert_eq!(
                    table.column_index(column.name),
                    Some(place),
                    "{name} stands twice"
                );
            }
        }
    }
}
