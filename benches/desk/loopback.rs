//! What a call over loopback takes: the other yardstick beside a claim, which makes two of them.

use std::time::{Duration, Instant};

use reqwest::Client;
use tokio::runtime::Runtime;

use crate::telegram::Telegram;

/// Somebody else who calls the Bot API, with the client and the threads that the desk has.
pub(crate) struct Caller {
    threads: Runtime,
    client: Client,
    url: String,
}

impl Caller {
    /// Connects.
    pub(crate) async fn new(telegram: &Telegram) -> Self {
        let threads = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .unwrap();
        let client = Client::builder()
            .tcp_nodelay(true)
            .no_proxy()
            .build()
            .unwrap();
        let url = format!("{}/bot/getMe", telegram.url());
        let caller = Self {
            threads,
            client,
            url,
        };
        caller.call().await;
        caller
    }

    /// Calls; answers how long that took.
    pub(crate) async fn call(&self) -> Duration {
        let request = self.client.post(&self.url).body("{}");
        let call = async move {
            let begun = Instant::now();
            let answer = request.send().await.unwrap();
            answer.bytes().await.unwrap();
            begun.elapsed()
        };
        self.threads.spawn(call).await.unwrap()
    }

    /// Hangs up; its threads must not be waited for by one that serves others.
    pub(crate) fn close(self) {
        self.threads.shutdown_background();
    }
}
