//! Browsers, and the address that they open.

use std::net::{Ipv4Addr, SocketAddr};

use deskbell::playground::PersonId;
use deskbell::web::dashboard::Dashboard;
use reqwest::header::HeaderMap;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::world::World;

/// What a browser says of a form of the page itself.
pub(crate) const SAME_ORIGIN: [(&str, &str); 1] = [("sec-fetch-site", "same-origin")];

/// The dashboard of a desk, on a port of its own.
pub(crate) struct Front {
    pub(crate) url: String,
    http: reqwest::Client,
    stop: CancellationToken,
}

/// Somebody's browser, signed in.
pub(crate) struct Browser {
    cookie: String,
}

impl Browser {
    pub(crate) fn cookie(&self) -> Option<&str> {
        Some(&self.cookie)
    }
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> &str {
        let value = self.headers.get(name);
        value.and_then(|it| it.to_str().ok()).unwrap_or_default()
    }

    pub(crate) fn set_cookie(&self) -> Option<&str> {
        Some(self.header("set-cookie")).filter(|it| !it.is_empty())
    }

    /// Where these words stand; they must.
    pub(crate) fn place_of(&self, words: &str) -> usize {
        let found = self.text.find(words);
        found.unwrap_or_else(|| panic!("no {words:?} in:\n{}", self.text))
    }

    /// The session that it gives.
    pub(crate) fn cookie(&self) -> Option<String> {
        let given = self.set_cookie()?.split(';').next()?;
        (!given.ends_with('=')).then(|| given.to_owned())
    }
}

impl Front {
    /// Starts the desk anew, with a dashboard.
    pub(crate) async fn open(world: &mut World) -> Self {
        let listener = listener().await;
        let address = listener.local_addr().unwrap();
        world.dashboard = Some(format!("http://{address}").parse().unwrap());
        world.restart().await;
        Self::serve(world.service().dashboard().unwrap(), listener)
    }

    fn serve(pages: Dashboard, listener: TcpListener) -> Self {
        let url = format!("http://{}", listener.local_addr().unwrap());
        let stop = CancellationToken::new();
        // Stands beside the desk, and ends with this front.
        #[allow(clippy::disallowed_methods)]
        tokio::spawn(pages.run(listener, stop.clone()));
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .pool_max_idle_per_host(0)
            .build()
            .unwrap();
        Self { url, http, stop }
    }

    pub(crate) async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.ask(self.http.get(format!("{}{path}", self.url)), cookie)
            .await
    }

    pub(crate) async fn post(
        &self,
        path: &str,
        headers: &[(&str, &str)],
        cookie: Option<&str>,
    ) -> Answer {
        let mut request = self.http.post(format!("{}{path}", self.url));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.ask(request, cookie).await
    }

    async fn ask(&self, request: reqwest::RequestBuilder, cookie: Option<&str>) -> Answer {
        let request = match cookie {
            Some(cookie) => request.header("cookie", cookie),
            None => request,
        };
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status().as_u16(), answer.headers().clone());
        let bytes = answer.bytes().await.unwrap().to_vec();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer {
            status,
            headers,
            bytes,
            text,
        }
    }

    /// The path of the link that the bot sends to somebody who asks for one.
    pub(crate) async fn link(&self, world: &World, person: PersonId) -> String {
        let chat = world.telegram.private(person);
        world.say(chat, person, "/dashboard").await;
        let answer = world.telegram.last_from_bot(chat).unwrap();
        let mut buttons = answer.buttons.iter().flatten();
        let link = buttons.find_map(|it| it.url.clone());
        let link = link.unwrap_or_else(|| panic!("no link: {answer:?}"));
        assert!(!answer.text.contains(&self.url), "a preview would open it");
        link.strip_prefix(&self.url).unwrap().to_owned()
    }

    /// Somebody asks for a link, and signs in by it.
    pub(crate) async fn enter(&self, world: &World, person: PersonId) -> Browser {
        let link = self.link(world, person).await;
        let pressed = self.post(&link, &SAME_ORIGIN, None).await;
        let cookie = pressed
            .cookie()
            .unwrap_or_else(|| panic!("{}", pressed.text));
        Browser { cookie }
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.stop.cancel();
    }
}

async fn listener() -> TcpListener {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
    Dashboard::bind(address).await.unwrap()
}
