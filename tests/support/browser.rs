//! A real Chromium behind chromedriver, with a profile that outlives it.

use fantoccini::elements::Element;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// The sizes of devices: width, height.
pub const TABLET: (u32, u32) = (820, 1180);
/// A phone.
pub const PHONE: (u32, u32) = (390, 844);
/// A laptop.
pub const LAPTOP: (u32, u32) = (1366, 768);

/// What a browser keeps of the app and why it might not: its worker, its caches, its room. A wait in
/// vain says it, as a worker that fails leaves nothing in the page's log.
const KEPT_OF_THE_APP: &str = "(async () => {
    const found = await navigator.serviceWorker?.getRegistration();
    const state = (worker) => worker?.state ?? null;
    const { quota, usage } = (await navigator.storage?.estimate()) ?? {};
    const names = await globalThis.caches?.keys();
    const registration = found
        && { installing: state(found.installing), waiting: state(found.waiting), active: state(found.active) };
    const controller = state(navigator.serviceWorker?.controller);
    return { address: location.href.split('#')[0], registration, controller, names, quota, usage };
})()";

/// A chromedriver, ended when dropped with every browser that it started.
pub struct Driver {
    child: Child,
    url: String,
}

impl Driver {
    /// Starts one on any free port. It chooses the port before it takes it, on two families of addresses: where another
    /// program was quicker it ends, and the next one chooses anew.
    pub fn start() -> Self {
        let mut said = Vec::new();
        (0..5)
            .find_map(|_| Self::try_to_start(&mut said))
            .unwrap_or_else(|| panic!("no chromedriver says its port: {said:?}"))
    }

    fn try_to_start(said: &mut Vec<String>) -> Option<Self> {
        let mut child = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("chromedriver is installed; `cargo verify` does it");
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let port = lines.by_ref().map_while(Result::ok).find_map(|line| {
            let port = port_in(&line);
            said.push(line);
            port
        });
        let Some(port) = port else {
            let _ = child.wait();
            return None;
        };
        // Its log must be read, or it waits for a reader.
        std::thread::spawn(move || lines.for_each(drop));
        let url = format!("http://127.0.0.1:{port}");
        Some(Self { child, url })
    }
}

fn port_in(line: &str) -> Option<u16> {
    let port = line.split("on port ").nth(1)?.trim_end_matches('.');
    port.parse().ok().filter(|port| *port > 0)
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser's profile on disk. Every browser process that uses it is killed when it is dropped.
pub struct Profile(TempDir);

impl Profile {
    /// A fresh one.
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.path()
    }

    /// The files of it in which a text stands, as the bytes of UTF-8 or of UTF-16.
    pub fn files_with(&self, text: &str) -> Vec<PathBuf> {
        assert!(text.is_ascii());
        let wide: String = text.chars().flat_map(|letter| [letter, '\0']).collect();
        let mut found = Vec::new();
        let mut folders = vec![self.path().to_owned()];
        while let Some(folder) = folders.pop() {
            // A browser that runs makes and removes files meanwhile.
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                    continue;
                }
                // As text, which is searched fast; what is no text has no text of ours.
                let bytes = std::fs::read(&path).unwrap_or_default();
                let held = String::from_utf8_lossy(&bytes);
                if held.contains(text) || held.contains(&wide) {
                    found.push(path);
                }
            }
        }
        found
    }

    /// SIGKILL to every process of the browser that uses it.
    pub fn kill(&self) {
        let marks = self.path().to_str().unwrap().to_owned();
        loop {
            let mut found: Vec<String> = Vec::new();
            for entry in std::fs::read_dir("/proc").unwrap().flatten() {
                let command = std::fs::read(entry.path().join("cmdline")).unwrap_or_default();
                let command = String::from_utf8_lossy(&command).into_owned();
                if command.contains("chrom") && command.contains(&marks) {
                    found.push(entry.file_name().to_string_lossy().into_owned());
                }
            }
            // Renderers do not name the profile; they are the children of what does.
            let mut all = found.clone();
            all.extend(found.iter().flat_map(|pid| children(pid)));
            if all.is_empty() {
                return;
            }
            let _ = Command::new("kill")
                .arg("-9")
                .args(&all)
                .stderr(Stdio::null())
                .status();
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Profile {
    fn drop(&mut self) {
        self.kill();
    }
}

fn children(pid: &str) -> Vec<String> {
    let mut found = Vec::new();
    let tasks = PathBuf::from("/proc").join(pid).join("task");
    for task in std::fs::read_dir(tasks).into_iter().flatten().flatten() {
        let direct = std::fs::read_to_string(task.path().join("children")).unwrap_or_default();
        for child in direct.split_whitespace() {
            found.push(child.to_owned());
            found.extend(children(child));
        }
    }
    found
}

/// A browser window.
pub struct Browser {
    /// The way to it.
    pub client: Client,
}

impl Browser {
    /// Opens one of this size on the profile, in the language of the tag.
    pub async fn open(
        driver: &Driver,
        profile: &Profile,
        size: (u32, u32),
        language: &str,
    ) -> Self {
        let flags = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--disable-dev-shm-usage",
        ];
        let mut args: Vec<String> = flags.map(str::to_owned).into();
        args.push(format!("--user-data-dir={}", profile.path().display()));
        args.push(format!("--window-size={},{}", size.0, size.1));
        args.push(format!("--lang={language}"));
        let options = json!({
            "args": args,
            "prefs": {"intl.accept_languages": language},
        });
        let capabilities = json!({
            "goog:chromeOptions": options,
            "goog:loggingPrefs": {"browser": "ALL"},
        });
        let capabilities = capabilities.as_object().unwrap().clone();
        let mut builder =
            ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        let client = builder
            .capabilities(capabilities)
            .connect(&driver.url)
            .await
            .unwrap();
        let browser = Self { client };
        let touch = size.0 < 1000;
        browser
            .cdp(
                "Emulation.setDeviceMetricsOverride",
                json!({
                    "width": size.0, "height": size.1, "deviceScaleFactor": 1, "mobile": touch,
                }),
            )
            .await;
        browser
    }

    /// A command of the browser's own protocol.
    pub async fn cdp(&self, command: &str, parameters: Value) -> Value {
        let command = DevTools {
            command: command.into(),
            parameters,
        };
        self.client.issue_cmd(command).await.unwrap()
    }

    /// Runs this in every page from now on, before anything of the page.
    pub async fn inject(&self, script: &str) {
        self.cdp(
            "Page.addScriptToEvaluateOnNewDocument",
            json!({"source": script}),
        )
        .await;
    }

    /// Goes to an address.
    pub async fn go(&self, url: &str) {
        self.client.goto(url).await.unwrap();
    }

    /// The value of an expression in the page.
    pub async fn eval(&self, expression: &str) -> Value {
        let script = format!("return ({expression})");
        self.client.execute(&script, vec![]).await.unwrap()
    }

    /// The value that a promise in the page comes to.
    pub async fn eval_async(&self, promise: &str) -> Value {
        let script = format!(
            "const done = arguments[arguments.length - 1]; \
             Promise.resolve({promise}).then(done, (error) => done(String(error)));"
        );
        self.client.execute_async(&script, vec![]).await.unwrap()
    }

    /// Waits until an expression is true.
    pub async fn until(&self, expression: &str) {
        self.until_within(Duration::from_secs(45), expression).await;
    }

    /// Waits until an expression is true, for as long as that may take.
    pub async fn until_within(&self, patience: Duration, expression: &str) {
        let start = Instant::now();
        loop {
            let script = format!("return Boolean({expression})");
            if let Ok(Value::Bool(true)) = self.client.execute(&script, vec![]).await {
                return;
            }
            if start.elapsed() > patience {
                let text = self.eval("document.body.innerText").await;
                let kept = self.eval_async(KEPT_OF_THE_APP).await;
                let log = self.log().await;
                panic!("waited in vain for {expression}\npage: {text}\nkept: {kept}\nlog: {log:?}");
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// Presses the button with this name, as a person finds it.
    pub async fn press(&self, name: &str) {
        let path = format!("//button[normalize-space()={name:?}]");
        let found = format!("document.evaluate('{path}', document, null, 9, null).singleNodeValue");
        self.until(&found).await;
        self.click(&found).await;
    }

    /// Clicks the element that an expression gives, in the middle of the screen, where nothing docked covers it.
    /// One that is drawn anew before it is clicked is looked for again, as a hand would do.
    pub async fn click(&self, expression: &str) {
        const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";
        let script = format!(
            "const found = {expression}; found.scrollIntoView({{block: 'center'}}); return found;"
        );
        let start = Instant::now();
        loop {
            let clicked = async {
                let found = self.client.execute(&script, vec![]).await?;
                let id = found[ELEMENT].as_str().unwrap_or_default().to_owned();
                let element = Element::from_element_id(self.client.clone(), id.into());
                element.click().await
            };
            match clicked.await {
                Ok(()) => return,
                Err(error) => assert!(
                    start.elapsed() < Duration::from_secs(20),
                    "{expression} cannot be clicked: {error}"
                ),
            }
            tokio::time::sleep(Duration::from_millis(15)).await;
        }
    }

    /// Draws what follows in the light or in the dark, on a screen of this size.
    pub async fn see(&self, (width, height): (u32, u32), colours: &str) {
        let media = json!({"features": [{"name": "prefers-color-scheme", "value": colours}]});
        self.cdp("Emulation.setEmulatedMedia", media).await;
        let screen = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 1000,
        });
        self.cdp("Emulation.setDeviceMetricsOverride", screen).await;
    }

    /// What the page's console and security policy said.
    pub async fn log(&self) -> Vec<String> {
        let entries = self.client.issue_cmd(Log).await.unwrap_or(Value::Null);
        let entries = entries.as_array().cloned().unwrap_or_default();
        entries
            .iter()
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    /// A picture of the window, if a folder for pictures is named.
    pub async fn picture(&self, name: &str) {
        if let Some(folder) = std::env::var_os("LOOKFOR_PICTURES") {
            let png = self.client.screenshot().await.unwrap();
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(PathBuf::from(folder).join(format!("{name}.png")), png).unwrap();
        }
    }

    /// A picture of the whole page, as if the window were as high as it, if a folder for pictures is named.
    pub async fn whole_picture(&self, name: &str) {
        if std::env::var_os("LOOKFOR_PICTURES").is_none() {
            return;
        }
        let size = self
            .eval("[innerWidth, innerHeight, document.documentElement.scrollHeight]")
            .await;
        let whole = |height: &Value| json!({"width": size[0], "height": height, "deviceScaleFactor": 1, "mobile": false});
        let command = "Emulation.setDeviceMetricsOverride";
        self.cdp(command, whole(&size[2])).await;
        self.picture(name).await;
        self.cdp(command, whole(&size[1])).await;
    }

    /// Closes it as a person does.
    pub async fn close(self) {
        self.client.close().await.unwrap();
    }
}

#[derive(Debug)]
struct DevTools {
    command: String,
    parameters: Value,
}

impl WebDriverCompatibleCommand for DevTools {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!(
            "session/{}/goog/cdp/execute",
            session.unwrap_or_default()
        ))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        let body = json!({"cmd": self.command, "params": self.parameters});
        (http::Method::POST, Some(body.to_string()))
    }
}

#[derive(Debug)]
struct Log;

impl WebDriverCompatibleCommand for Log {
    fn endpoint(
        &self,
        base: &url::Url,
        session: Option<&str>,
    ) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/se/log", session.unwrap_or_default()))
    }

    fn method_and_body(&self, _: &url::Url) -> (http::Method, Option<String>) {
        (
            http::Method::POST,
            Some(json!({"type": "browser"}).to_string()),
        )
    }
}
