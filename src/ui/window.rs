//! What only a window has: its page is another process's, and reached by scripts of ours.

use crate::text::Language;
use dioxus::core::try_consume_context;
use dioxus::desktop::DesktopContext;

/// Names the page's language.
pub(super) fn name_language(language: Language) {
    run(&format!(
        "document.documentElement.lang = {:?}",
        language.tag()
    ));
}

/// Moves the focus to the element of this id, once it is drawn: what is drawn comes to the page a little later
/// than this. It does not take the focus from what somebody went to meanwhile.
pub(super) fn focus(id: &str) {
    run(&format!(
        "(function look(left) {{
            const found = document.getElementById({id:?});
            const lost = left === 5 || document.activeElement === document.body;
            if (found && lost) {{
                if (found.id === 'heading') scrollTo(0, 0);
                found.focus({{preventScroll: true}});
            }}
            if (left) setTimeout(look, 40, left - 1);
        }})(5)"
    ));
}

/// Brings the element of this id into view, once it is drawn.
pub(super) fn reveal(id: &str) {
    run(&format!(
        "setTimeout(() => document.getElementById({id:?})?.scrollIntoView(false), 80)"
    ));
}

fn run(script: &str) {
    if let Some(window) = try_consume_context::<DesktopContext>() {
        // A page that is going away needs nothing of this any more.
        let _ = window.webview.evaluate_script(script);
    }
}
