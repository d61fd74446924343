//! Listening to a screen: the accessibility tree as the browser gives it to a reader, and axe.

use super::{Kind, STATES, State, Walked, Words};
use crate::support::browser::Browser;
use lookfor::text::Language;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// axe-core, by Deque Systems, under the MPL 2.0: `tests/fixtures/axe` has the licence.
const AXE: &str = include_str!("../../fixtures/axe/axe.min.js");
/// The sizes of screens on which axe looks.
const SIZES: [(u32, u32); 5] = [
    (320, 568),
    (390, 844),
    (820, 1180),
    (1180, 820),
    (1440, 900),
];
/// All rules of the WCAG 2.2, levels A and AA.
const ALL_RULES: &str = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], \
     rules: {'target-size': {enabled: true}}, resultTypes: ['violations']}";
/// In the dark the same boxes have other colours, so only rules about colours can find anything else.
const RULES_OF_COLOURS: &str = "{runOnly: {type: 'rule', values: ['color-contrast', \
     'link-in-text-block']}, resultTypes: ['violations']}";
/// The rules that axe found broken, each with the first place of it.
const FOUND: &str = "then((r) => r.violations.map((v) => \
     `${v.id} (${v.nodes.length}): ${v.nodes[0].html.slice(0, 160)} ${v.nodes[0].failureSummary}`))";

/// Listens, and remembers what was not as it should be.
pub struct Listener {
    /// The language that is walked.
    pub language: Language,
    seen: BTreeSet<String>,
    walked: Walked,
}

fn name_of(state: &State) -> String {
    format!("{}, {:?}", state.screen, state.kind)
}

impl Listener {
    /// One who has heard nothing yet.
    pub fn of(language: Language) -> Self {
        Self {
            language,
            seen: BTreeSet::new(),
            walked: Walked::default(),
        }
    }

    /// What a browser of the device says that its person reads.
    pub fn locale(&self) -> &'static str {
        match self.language {
            Language::English => "en-US",
            Language::Spanish => "es-MX",
        }
    }

    /// Listens to the screen in view, which is in this state.
    pub async fn look(&mut self, browser: &Browser, screen: &str, kind: Kind) {
        let wanted = |state: &&State| state.screen == screen && state.kind == kind;
        let state = STATES.iter().find(wanted).expect("the state is listed");
        let name = name_of(state);
        self.hear(browser, state, &name).await;
        for (size, colours, rules) in SIZES
            .into_iter()
            .flat_map(|size| [(size, "light", ALL_RULES), (size, "dark", RULES_OF_COLOURS)])
        {
            let (width, _) = size;
            browser.see(size, colours).await;
            let language = self.language.tag();
            browser
                .whole_picture(&format!("{screen}-{kind:?}-{language}-{width}-{colours}"))
                .await;
            for violation in axe(browser, rules).await {
                self.note(format!("{name}, {width} px, {colours}: {violation}"));
            }
            self.walked.looks += 1;
        }
        browser.see(crate::support::browser::TABLET, "light").await;
        self.seen.insert(name);
    }

    async fn hear(&mut self, browser: &Browser, state: &State, name: &str) {
        let tree = Tree::of(browser).await;
        for (role, words) in state.hears {
            let words = self.words(*words);
            if !tree.has(role, &words) {
                let heard = tree.of_role(role);
                self.note(format!(
                    "{name}: no {role} that says {words:?} among {heard:?}"
                ));
            }
        }
        // What has to be heard by itself is said politely or at once.
        for silent in tree.silent() {
            self.note(format!("{name}: not live: {silent}"));
        }
    }

    /// Notes what is not as it should be, and says it at once: a walk that breaks off would lose it.
    fn note(&mut self, violation: String) {
        println!("  {violation}");
        self.walked.violations.push(violation);
    }

    fn words(&self, words: Words) -> String {
        let language = self.language;
        let said = match words {
            Words::Say(say) => language.say(&say),
            Words::Walk(walk) => language.walk(walk),
            Words::Talk(talk) => language.talk(talk),
            Words::Spot(spot) => language.spot(spot),
            Words::Shell(shell) => language.shell(shell),
            Words::Voice(voice) => language.voice(voice),
            Words::Any => String::new(),
        };
        said.trim().to_owned()
    }

    /// What the walk came to.
    pub fn end(mut self) -> Walked {
        let all = STATES.iter().map(name_of);
        self.walked.missed = all.filter(|name| !self.seen.contains(name)).collect();
        self.walked
    }
}

async fn axe(browser: &Browser, rules: &str) -> Vec<String> {
    if browser.eval("typeof axe === 'undefined'").await == true {
        browser.client.execute(AXE, vec![]).await.unwrap();
    }
    let found = browser
        .eval_async(&format!("axe.run(document, {rules}).{FOUND}"))
        .await;
    let Some(found) = found.as_array() else {
        panic!("axe does not run: {found}");
    };
    let text = |one: &Value| one.as_str().unwrap().to_owned();
    found.iter().map(text).collect()
}

/// The accessibility tree of a page.
struct Tree(BTreeMap<String, Value>);

impl Tree {
    async fn of(browser: &Browser) -> Self {
        let answer = browser.cdp("Accessibility.getFullAXTree", json!({})).await;
        let nodes = answer["nodes"].as_array().unwrap().iter();
        let id = |node: &Value| node["nodeId"].as_str().unwrap().to_owned();
        Self(nodes.map(|node| (id(node), node.clone())).collect())
    }

    /// What is heard of a node: its name, or of what is live and has none, all that is in it.
    fn text(&self, node: &Value) -> String {
        let name = node["name"]["value"].as_str().unwrap_or_default();
        if !name.is_empty() {
            return name.to_owned();
        }
        let children = node["childIds"].as_array().into_iter().flatten();
        let children = children.filter_map(|id| self.0.get(id.as_str()?));
        let said: Vec<String> = children.map(|child| self.text(child)).collect();
        said.join(" ")
    }

    fn nodes(&self) -> impl Iterator<Item = (&str, &Value)> {
        let there = self.0.values().filter(|node| node["ignored"] == false);
        there.filter_map(|node| Some((node["role"]["value"].as_str()?, node)))
    }

    fn of_role(&self, role: &str) -> Vec<String> {
        let nodes = self.nodes().filter(|(found, _)| *found == role);
        nodes.map(|(_, node)| self.text(node)).collect()
    }

    fn has(&self, role: &str, words: &str) -> bool {
        self.of_role(role).iter().any(|text| text.contains(words))
    }

    /// What has the role of a message and is not said by itself.
    fn silent(&self) -> Vec<String> {
        let messages = self
            .nodes()
            .filter(|(role, _)| matches!(*role, "status" | "alert"));
        let silent = messages.filter(|(_, node)| {
            let properties = node["properties"].as_array().into_iter().flatten();
            let live = |property: &&Value| {
                property["name"] == "live" && property["value"]["value"] != "off"
            };
            properties.filter(live).count() == 0
        });
        silent.map(|(_, node)| self.text(node)).collect()
    }
}
