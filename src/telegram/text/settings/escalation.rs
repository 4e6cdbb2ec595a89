//! The page on which a group says who is called when nobody takes an incident.

use actors::domain::escalation::{CHAIN_LIMIT, Chain, Hours, Level};
use actors::domain::notice::Panel;
use actors::inbound::Change;
use chrono::Duration;

use super::super::card::urgency_name;
use super::super::page::Page;
use super::super::wording::Phrase;
use super::{NAMED, Panels};

/// The minutes that are offered until a critical incident calls somebody.
const CRITICAL_MINUTES: [u32; 4] = [5, 10, 15, 30];

impl Panels<'_> {
    pub(super) fn escalation(&self) -> Page {
        let policy = &self.group.settings.escalation;
        let mut page = Page::of(self.say("panel-escalation", &[]));
        let after = |minutes| self.minutes_long(minutes).into();
        page.line(self.say(
            "panel-escalation-after",
            &[
                ("critical", after(policy.critical_minutes)),
                ("same-day", after(policy.same_day_minutes)),
                ("planned", after(policy.planned_minutes)),
            ],
        ));
        page.gap();
        for (index, chain) in (1_i64..).zip(&policy.chains) {
            page.line(self.chain(index, chain));
        }
        let covered = |chain: &Chain| chain.urgency.is_none() && chain.hours == Hours::Any;
        match policy.chains.as_slice() {
            [] => page.line(self.say("panel-escalation-managers", &[])),
            chains if chains.iter().any(covered) => &mut page,
            _ => page.line(self.say("panel-escalation-others", &[])),
        };
        page.row(CRITICAL_MINUTES.map(|minutes| {
            let present = policy.critical_minutes == minutes;
            let label = self.minutes("button-critical-minutes", minutes);
            self.choice(label, present, Change::CriticalMinutes(minutes))
        }));
        let removals = (1_u8..).zip(&policy.chains).map(|(index, _)| {
            let label = self.say("button-drop-chain", &[("index", i64::from(index).into())]);
            let change = self.button(Change::DropChain(index - 1));
            self.scene.labelled(&label, change)
        });
        page.rows(removals.collect(), 3);
        if policy.chains.len() < CHAIN_LIMIT {
            page.row([self.key("button-add-chain", Change::AskChain)]);
        }
        page.row([self.open("button-back", Panel::Settings)]);
        page
    }

    fn chain(&self, index: i64, chain: &Chain) -> Phrase {
        let mut when = Vec::new();
        when.extend(chain.urgency.map(|it| urgency_name(self.scene, it)));
        when.extend(match chain.hours {
            Hours::Any => None,
            Hours::Open => Some(self.say("chain-open-hours", &[])),
            Hours::Closed => Some(self.say("chain-closed-hours", &[])),
        });
        if when.is_empty() {
            when.push(self.say("chain-always", &[]));
        }
        let levels: Vec<Phrase> = chain.levels.iter().map(|it| self.level(it)).collect();
        let levels: Vec<&str> = levels.iter().map(Phrase::as_str).collect();
        self.say(
            "panel-escalation-chain",
            &[
                ("index", index.into()),
                ("when", self.scene.voice.series(&when).into()),
                ("levels", Phrase::ready(levels.join(" → ")).into()),
            ],
        )
    }

    fn level(&self, level: &Level) -> Phrase {
        let people = match level.people.as_slice() {
            [] => self.say("chain-managers", &[]),
            people => self.scene.names(people, NAMED),
        };
        let mut fillings = vec![
            ("people", people.into()),
            ("duration", self.minutes_long(level.wait_minutes).into()),
        ];
        if level.repeats == 0 {
            return self.say("chain-level", &fillings);
        }
        fillings.push(("times", i64::from(level.repeats + 1).into()));
        self.say("chain-level-again", &fillings)
    }

    fn minutes_long(&self, minutes: u32) -> Phrase {
        let duration = Duration::minutes(i64::from(minutes));
        self.scene.voice.duration(duration)
    }
}
