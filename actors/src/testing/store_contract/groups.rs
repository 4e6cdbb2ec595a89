//! Groups and companies: what is configured, and the version that says when to read it again.

use std::sync::Arc;

use super::desk::{ANNA, CHAT, Desk, JAAN, MARI, OTHER_CHAT, commit, keep, new_group};
use crate::domain::group::GroupStatus;
use crate::domain::notice::{ListOf, Role};
use crate::domain::{
    Access, ChatId, Class, CompanyId, DepartmentId, GroupId, JoinRequestId, Language, MessageId,
    Person, Photo, Reporting, Says, Settings, Workflow,
};
use crate::ports::{CommitError, Draft, Record, Store};

/// Departments in their order, its first manager, and words about it in the same commit.
pub async fn a_new_group_has_what_it_was_given(store: Arc<dyn Store>) {
    let mut commit = commit();
    commit.records = vec![new_group(CHAT)];
    let desk = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    let about_new = Draft {
        group: None,
        ..desk.draft(Class::Page, Says::Help)
    };
    commit.outbox = vec![about_new];
    let made = store.commit(commit).await.unwrap().group.unwrap();
    let group = store.group(made).await.unwrap().unwrap();
    assert_eq!((group.id, group.chat), (made, CHAT));
    assert_eq!(group.title, "Hotel");
    assert_eq!(group.status, GroupStatus::Active);
    assert_eq!(group.settings, Settings::default());
    assert_eq!(group.managers, [ANNA]);
    let named = |index: usize| {
        let department = &group.departments[index];
        (department.name.as_str(), department.access)
    };
    assert_eq!(named(0), ("Maintenance", Access::Open));
    assert_eq!(named(1), ("Kitchen", Access::Members));
    assert_eq!(desk.head().await.group, Some(made));
    assert_ne!(group.company, desk.group.company);
    let by_chat = store.group_of_chat(CHAT).await.unwrap();
    assert_eq!(by_chat, Some(group));
    assert_eq!(store.group(GroupId(999)).await.unwrap(), None);
}

/// Whoever would make a second one is told to look again, and no company is left behind.
pub async fn a_chat_has_one_group(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let mut second = commit();
    second.records = vec![new_group(CHAT)];
    let outcome = desk.store.commit(second).await;
    assert!(matches!(outcome, Err(CommitError::Conflict)), "{outcome:?}");
    assert_eq!(desk.group_now().await, desk.group);
    let next = CompanyId(desk.group.company.0 + 1);
    assert!(desk.store.company_version(next).await.is_err());
}

/// Title, status and all settings.
pub async fn a_group_is_read_as_it_was_written(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let group = desk.group.id;
    let settings = Settings {
        language: Language::Estonian,
        time_zone: chrono_tz::Europe::Tallinn,
        workflow: Workflow::Full,
        reporting: Reporting::Registered,
        unclaimed_nudge_limit: 9,
        set_up: true,
        ..Settings::default()
    };
    let title = "Hotel Tallinn 🏨".to_owned();
    let status = GroupStatus::Removed;
    desk.keep([
        Record::GroupTitle { group, title },
        Record::GroupStatus { group, status },
        Record::Settings {
            group,
            settings: settings.clone(),
        },
    ])
    .await;
    let now = desk.group_now().await;
    assert_eq!(now.title, "Hotel Tallinn 🏨");
    assert_eq!(now.status, GroupStatus::Removed);
    assert_eq!(now.settings, settings);
}

/// New, renamed, retired ones, and who belongs to them.
pub async fn departments_are_read_as_they_were_written(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (department, kitchen) = (desk.department(0), desk.department(1));
    let member = |person| Record::Member { department, person };
    desk.keep([
        Record::NewDepartment {
            company: desk.group.company,
            name: "Pool".to_owned(),
            access: Access::Request,
        },
        Record::DepartmentRetired {
            department: kitchen,
        },
        Record::DepartmentName {
            department,
            name: "Engineering".to_owned(),
        },
        Record::DepartmentAccess {
            department,
            access: Access::Members,
        },
        member(MARI),
        member(JAAN),
        member(MARI),
        Record::MemberGone {
            department,
            person: JAAN,
        },
    ])
    .await;
    let now = desk.group_now().await;
    let departments: Vec<_> = now
        .departments
        .iter()
        .map(|one| (one.name.as_str(), one.access, one.members.as_slice()))
        .collect();
    assert_eq!(
        departments,
        [
            ("Engineering", Access::Members, [MARI].as_slice()),
            ("Pool", Access::Request, [].as_slice()),
        ]
    );
}

/// Managers, dispatchers, and those who registered.
pub async fn roles_are_read_as_they_were_written(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let company = desk.group.company;
    let given = |person, role| Record::RoleGiven {
        company,
        person,
        role,
    };
    desk.keep([
        given(JAAN, Role::Manager),
        given(MARI, Role::Dispatcher),
        given(MARI, Role::Dispatcher),
        Record::RoleTaken {
            company,
            person: ANNA,
            role: Role::Manager,
        },
        Record::Registered {
            company,
            person: MARI,
        },
    ])
    .await;
    let now = desk.group_now().await;
    assert_eq!(now.managers, [JAAN]);
    assert_eq!(now.dispatchers, [MARI]);
    assert_eq!(now.registered, [MARI]);
}

/// So that whoever remembers it knows when to read it again.
pub async fn configuration_moves_the_version(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (group, company) = (desk.group.id, desk.group.company);
    let department = desk.department(0);
    let (person, from, to) = (MARI, CHAT, OTHER_CHAT);
    let settings = Settings::default();
    let version = async || desk.store.company_version(company).await.unwrap();
    let mut before = version().await;
    assert_eq!(before, desk.group.version);
    for record in [
        Record::Settings { group, settings },
        Record::Member { department, person },
        Record::JoinRequested {
            group,
            department,
            person: JAAN,
        },
        Record::Registered { company, person },
        Record::Forget { person },
        Record::Left { person, group },
        Record::ChatMigrated { from, to },
    ] {
        desk.keep([record.clone()]).await;
        let after = version().await;
        assert!(after > before, "{record:?} should move the version");
        before = after;
    }
}

/// So that nothing is read anew for a person who merely speaks, or for an incident.
pub async fn nothing_else_moves_the_version(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (person, reachable) = (MARI, true);
    desk.keep([
        Record::Seen {
            person: Person::unknown(person),
            group: Some(desk.group.id),
        },
        Record::Reachable { person, reachable },
        Record::PersonLanguage {
            person,
            language: Language::Russian,
        },
        Record::AlbumPhoto {
            chat: CHAT,
            album: "a".to_owned(),
            message: MessageId(1),
            photo: Photo("p".to_owned()),
        },
        // Nobody here has seen Jaan.
        Record::Forget { person: JAAN },
    ])
    .await;
    desk.open(1).await;
    let version = desk.store.company_version(desk.group.company).await;
    assert_eq!(version.unwrap(), desk.group.version);
}

/// Rather than lost without a word.
pub async fn configuration_of_nothing_is_refused(store: Arc<dyn Store>) {
    for record in [
        Record::GroupStatus {
            group: GroupId(9),
            status: GroupStatus::Active,
        },
        Record::Member {
            department: DepartmentId(9),
            person: MARI,
        },
        Record::Registered {
            company: CompanyId(9),
            person: MARI,
        },
        Record::JoinAnswered {
            request: JoinRequestId(9),
        },
    ] {
        let mut commit = commit();
        commit.records = vec![record.clone()];
        let outcome = store.commit(commit).await;
        assert!(
            matches!(outcome, Err(CommitError::Store(_))),
            "{record:?} gave {outcome:?}"
        );
    }
}

/// Asked twice it is one; answered it is gone, and may be asked again as another one.
pub async fn a_join_request_waits_until_it_is_answered(store: Arc<dyn Store>) {
    let desk = Desk::new(store).await;
    let (group, department) = (desk.group.id, desk.department(1));
    let ask = Record::JoinRequested {
        group,
        department,
        person: JAAN,
    };
    let request = async || {
        let request = desk.store.join_request_of(JAAN, department).await;
        request.unwrap()
    };
    assert_eq!(request().await, None);
    desk.keep([ask.clone(), ask.clone()]).await;
    let first = request().await.unwrap();
    let asked = desk.store.join_request(first).await.unwrap();
    assert_eq!(asked, Some((group, JAAN, department)));
    let waiting = desk.group_now().await.join_requests;
    assert_eq!(waiting, [(JAAN, department)]);

    desk.keep([Record::JoinAnswered { request: first }]).await;
    assert_eq!(request().await, None);
    assert_eq!(desk.store.join_request(first).await.unwrap(), None);
    assert_eq!(desk.group_now().await.join_requests, []);
    desk.keep([ask]).await;
    assert_ne!(request().await, Some(first));
}

/// The bot may meet the upgraded chat as a new one before it hears that it is the old one. Hearing
/// it twice, from both sides, changes nothing more.
pub async fn an_upgraded_chat_supplants_a_newcomer(store: Arc<dyn Store>) {
    let old = Desk::new(store.clone()).await;
    let newcomer = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    let migrated = Record::ChatMigrated {
        from: CHAT,
        to: OTHER_CHAT,
    };
    for _ in 0..2 {
        keep(&store, [migrated.clone()]).await;
        let found = store.group_of_chat(OTHER_CHAT).await.unwrap().unwrap();
        assert_eq!(found.id, old.group.id);
        assert_eq!(found.status, GroupStatus::Active);
        assert_eq!(store.group_of_chat(CHAT).await.unwrap(), None);
        let gone = newcomer.group_now().await;
        assert_eq!(gone.status, GroupStatus::Removed);
        assert_ne!(gone.chat, OTHER_CHAT);
    }
}

/// A group that founded a company of its own, wanted by Anna under the company of another.
fn joins(newcomer: &Desk, desk: &Desk) -> Record {
    Record::GroupJoins {
        group: newcomer.group.id,
        own: newcomer.group.company,
        company: desk.group.company,
        by: ANNA,
    }
}

/// It shares what the company has; of what its own had, those who registered come along.
pub async fn a_group_comes_under_another_company(store: Arc<dyn Store>) {
    let desk = Desk::new(store.clone()).await;
    let newcomer = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    desk.open(1).await;
    let (own, person) = (newcomer.group.company, MARI);
    let department = newcomer.department(0);
    let role = Role::Manager;
    newcomer
        .keep([
            Record::Registered {
                company: own,
                person,
            },
            Record::Member { department, person },
            Record::RoleGiven {
                company: own,
                person,
                role,
            },
        ])
        .await;
    let version = store.company_version(own).await.unwrap();
    newcomer.keep([joins(&newcomer, &desk)]).await;
    assert!(store.company_version(own).await.unwrap() > version);
    let (old, now) = (desk.group_now().await, newcomer.group_now().await);
    assert!(old.version > desk.group.version);
    assert_eq!((now.company, now.version), (old.company, old.version));
    assert_eq!(old.siblings, [newcomer.group.id]);
    assert_eq!(now.siblings, [desk.group.id]);
    assert_eq!(now.departments, desk.group.departments);
    assert_eq!(
        (&now.managers[..], &now.registered[..]),
        (&[ANNA][..], &[MARI][..])
    );
    assert_eq!(now.settings, newcomer.group.settings);
    let groups = store.groups(Some(old.company)).await.unwrap();
    assert_eq!(groups, [desk.group.id, newcomer.group.id]);
    let joined = Desk { store, group: now };
    let second = joined.open(2).await;
    assert_eq!(second.identity.number.0, 2, "the company's next number");
    let list = async |group| {
        let of = ListOf::Open(None);
        let (page, total) = joined.store.list(group, of, 0, 10).await.unwrap();
        let numbers = page.iter().map(|it| it.identity.number.0);
        (numbers.collect::<Vec<_>>(), total)
    };
    assert_eq!(list(desk.group.id).await, (vec![1], 1));
    assert_eq!(list(joined.group.id).await, (vec![2], 1));
}

/// One that has given a number, or has another group, or is asked by who manages nothing there.
pub async fn a_company_with_a_past_is_not_left(store: Arc<dyn Store>) {
    let desk = Desk::new(store.clone()).await;
    let newcomer = Desk::in_chat(store.clone(), OTHER_CHAT).await;
    let third = Desk::in_chat(store.clone(), ChatId(-1003)).await;
    let refused = async |record: Record| {
        let mut wanted = commit();
        wanted.records = vec![record];
        let outcome = store.commit(wanted).await;
        assert!(matches!(outcome, Err(CommitError::Conflict)), "{outcome:?}");
    };
    let stranger = |record| match record {
        Record::GroupJoins {
            group,
            own,
            company,
            ..
        } => Record::GroupJoins {
            group,
            own,
            company,
            by: JAAN,
        },
        other => other,
    };
    refused(stranger(joins(&newcomer, &desk))).await;
    third.keep([joins(&third, &newcomer)]).await;
    refused(joins(&newcomer, &desk)).await;
    desk.open(1).await;
    refused(joins(&desk, &newcomer)).await;
    assert_eq!(desk.group_now().await.company, desk.group.company);
    let now = newcomer.group_now().await;
    assert_eq!(now.company, newcomer.group.company);
    assert_eq!(now.departments, newcomer.group.departments);
}
