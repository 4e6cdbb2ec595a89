//! The other end of a TLS line hangs up in the middle of the greeting, or speaks something else, as a
//! hotel's sign-in page does.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use super::{NOT_YET, SILENT};
use crate::street::Street;
use crate::world::Engine;

/// How the other end behaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Manners {
    Good,
    HangsUp,
    Babbles,
}

/// A TLS line to the simulated Telegram.
struct Line {
    address: SocketAddr,
    manners: Arc<watch::Sender<Manners>>,
    /// How often it was called.
    calls: Arc<AtomicUsize>,
}

impl Line {
    /// Who is to believe it reads its certificate there.
    async fn to(telegram: SocketAddr, certificate: &Path) -> Self {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        std::fs::write(certificate, made.cert.pem()).unwrap();
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
        let provider = tokio_rustls::rustls::crypto::ring::default_provider();
        let config = ServerConfig::builder_with_provider(Arc::new(provider))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let line = Self {
            address: listener.local_addr().unwrap(),
            manners: Arc::new(watch::Sender::new(Manners::HangsUp)),
            calls: Arc::default(),
        };
        let (manners, calls) = (Arc::clone(&line.manners), Arc::clone(&line.calls));
        let acceptor = TlsAcceptor::from(Arc::new(config));
        #[allow(clippy::disallowed_methods)] // it ends with the test's runtime
        tokio::spawn(async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                calls.fetch_add(1, Ordering::Relaxed);
                let (acceptor, manners) = (acceptor.clone(), manners.subscribe());
                #[allow(clippy::disallowed_methods)] // it ends with the connection
                tokio::spawn(async move {
                    // Whoever hung up has hung up.
                    let _ = answer(near, acceptor, manners, telegram).await;
                });
            }
        });
        line
    }

    fn has(&self, manners: Manners) {
        self.manners.send_replace(manners);
    }

    fn calls(&self) -> usize {
        self.calls.load(Ordering::Relaxed)
    }
}

/// One connection, until either side ends it or the manners change.
async fn answer(
    mut near: TcpStream,
    acceptor: TlsAcceptor,
    mut manners: watch::Receiver<Manners>,
    telegram: SocketAddr,
) -> std::io::Result<()> {
    let now = *manners.borrow_and_update();
    if now != Manners::Good {
        let mut greeting = [0; 64];
        near.read_exact(&mut greeting).await?;
        if now == Manners::Babbles {
            near.write_all(b"HTTP/1.1 200 OK\r\n\r\n<h1>Welcome, guest</h1>")
                .await?;
        }
        return Ok(());
    }
    let mut near = acceptor.accept(near).await?;
    let mut far = TcpStream::connect(telegram).await?;
    tokio::select! {
        ended = copy_bidirectional(&mut near, &mut far) => ended.map(drop),
        _ = manners.changed() => Ok(()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_greeting_that_fails_is_tried_again_until_it_does_not() {
    let street = Street::new(Engine::Sqlite).await;
    let mari = street.telegram.person("Mari").started().add();
    let address = street.playground.api_url();
    let address: SocketAddr = address.strip_prefix("http://").unwrap().parse().unwrap();
    let certificate = street.folder.path().join("line.pem");
    let line = Line::to(address, &certificate).await;
    let desk = street.desk_with(&[
        (
            "TELEGRAM_API_URL",
            &format!("https://localhost:{}", line.address.port()),
        ),
        ("SSL_CERT_FILE", certificate.to_str().unwrap()),
    ]);
    let complaints = || desk.said().matches(NOT_YET).count();
    street.until(|| complaints() > 0).await;
    line.has(Manners::Babbles);
    let before = complaints();
    street.until(|| complaints() > before + 1).await;
    let tries = complaints() + 1;
    assert!(
        line.calls() <= tries,
        "each try calls once: {}",
        line.calls()
    );

    line.has(Manners::Good);
    let chat = street.group("Yard", &[mari]);
    street
        .telegram
        .say(chat, mari, "/new_issue The gate squeaks");
    street.hears(chat, "0001 ·").await;
    for (number, manners) in [("0002", Manners::HangsUp), ("0003", Manners::Babbles)] {
        let before = desk.said().matches(SILENT).count();
        line.has(manners);
        let noticed = || desk.said().matches(SILENT).count() > before;
        street.until(noticed).await;
        let report = format!("/new_issue Number {number} is loose");
        street.telegram.say(chat, mari, &report);
        line.has(Manners::Good);
        street.hears(chat, &format!("{number} ·")).await;
    }
    let ended = desk.stopped().await;
    assert_eq!(ended.code, Some(0), "{}", ended.said);
    assert_eq!(street.telegram.violations(), []);
}
