//! A server that is reached over TLS: what `sslmode` promises holds for each of the two drivers, the one
//! that migrates and the one that does all else. To look only takes the second.

use deskbell::store::{look, open};
use rcgen::{
    BasicConstraints, CertificateParams, CertifiedIssuer, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair,
};
use sqlx::{Connection, PgConnection};
use tempfile::TempDir;

use crate::databases::folder;
use crate::kill_storm::say;
use crate::own_server::Server;

/// With what a URL must not have as it is.
const PASSWORD: &str = "p@ss/wörd%41 ?";
const PASSWORD_IN_URL: &str = "p%40ss%2Fw%C3%B6rd%2541%20%3F";

/// Over the network only with TLS; one person by password, another by certificate.
const WHO_MAY: &str = "local all all trust\n\
    hostssl all postgres 127.0.0.1/32 scram-sha-256\n\
    hostssl all certified 127.0.0.1/32 cert\n";

/// A server that only `localhost` is the name of, certified by somebody whom nobody knows.
struct Office {
    server: Server,
    files: TempDir,
    port: u16,
}

type Authority = CertifiedIssuer<'static, KeyPair>;

fn authority() -> Authority {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// A certificate and its key.
fn certified(by: &Authority, mut params: CertificateParams) -> (String, String) {
    let key = KeyPair::generate().unwrap();
    params.extended_key_usages = vec![
        ExtendedKeyUsagePurpose::ServerAuth,
        ExtendedKeyUsagePurpose::ClientAuth,
    ];
    let certificate = params.signed_by(&key, by).unwrap();
    (certificate.pem(), key.serialize_pem())
}

impl Office {
    async fn open() -> Option<Self> {
        let authority = authority();
        let named = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let (certificate, key) = certified(&authority, named);
        let mut person = CertificateParams::new(Vec::new()).unwrap();
        person
            .distinguished_name
            .push(DnType::CommonName, "certified");
        let (identity, identity_key) = certified(&authority, person);
        let port = free_port();
        let files = folder();
        for (name, content) in [
            ("authority.pem", authority.pem()),
            ("identity.pem", identity),
            ("identity.key", identity_key),
            ("stranger.pem", self::authority().pem()),
        ] {
            std::fs::write(files.path().join(name), content).unwrap();
        }
        let server = Server::start_with(
            "-c ssl=on -c ssl_ca_file=authority.pem -c listen_addresses=127.0.0.1",
            &[
                ("authority.pem", authority.pem()),
                ("server.crt", certificate),
                ("server.key", key),
                ("pg_hba.conf", WHO_MAY.to_owned()),
                ("postgresql.auto.conf", format!("port = {port}\n")),
            ],
        )?;
        let office = Self {
            server,
            files,
            port,
        };
        let mut connection = office.by_socket().await;
        sqlx::raw_sql(sqlx::AssertSqlSafe(format!(
            "ALTER ROLE postgres PASSWORD '{PASSWORD}'; CREATE ROLE certified SUPERUSER LOGIN;"
        )))
        .execute(&mut connection)
        .await
        .unwrap();
        Some(office)
    }

    async fn by_socket(&self) -> PgConnection {
        let url = format!("{}&port={}", self.server.url(), self.port);
        PgConnection::connect(&url).await.unwrap()
    }

    /// The database, over the network.
    fn url(&self, who: &str, host: &str, rest: &str) -> String {
        let rest = rest.replace("FILES", self.files.path().to_str().unwrap());
        format!("postgres://{who}@{host}:{}/postgres?{rest}", self.port)
    }

    /// Whether both drivers have access. They must agree.
    async fn lets_in(&self, who: &str, host: &str, rest: &str) -> bool {
        let url = self.url(who, host, rest);
        // Refused for whatever reason; the table says what was to be expected.
        let written = open(&url).await.is_ok();
        let looked = look(&url).await.is_ok();
        assert_eq!(written, looked, "{who}, {host}, {rest}");
        looked
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    listener.local_addr().unwrap().port()
}

#[tokio::test]
async fn a_server_is_trusted_as_far_as_was_asked_for() {
    let Some(office) = Office::open().await else {
        say("SKIPPED: there is no PostgreSQL server here that could be started");
        return;
    };
    let by_password = format!("postgres:{PASSWORD_IN_URL}");
    let known = "sslrootcert=FILES/authority.pem";
    let stranger = "sslrootcert=FILES/stranger.pem";
    for (host, rest, expected) in [
        ("localhost", "sslmode=disable".to_owned(), false),
        ("localhost", "sslmode=prefer".to_owned(), true),
        ("localhost", String::new(), true),
        ("127.0.0.1", "sslmode=require".to_owned(), true),
        ("localhost", format!("sslmode=require&{stranger}"), true),
        ("127.0.0.1", format!("sslmode=verify-ca&{known}"), true),
        ("localhost", format!("sslmode=verify-ca&{stranger}"), false),
        ("localhost", "sslmode=verify-ca".to_owned(), false),
        ("localhost", format!("sslmode=verify-full&{known}"), true),
        ("127.0.0.1", format!("sslmode=verify-full&{known}"), false),
        (
            "localhost",
            format!("sslmode=verify-full&{stranger}"),
            false,
        ),
    ] {
        let let_in = office.lets_in(&by_password, host, &rest).await;
        assert_eq!(let_in, expected, "{host} with {rest:?}");
    }
    let wrong = office.lets_in("postgres:wrong", "localhost", known).await;
    assert!(!wrong, "a wrong password");
    let identity = format!("{known}&sslcert=FILES/identity.pem&sslkey=FILES/identity.key");
    for (rest, expected) in [(known, false), (identity.as_str(), true)] {
        let let_in = office.lets_in("certified", "localhost", rest).await;
        assert_eq!(let_in, expected, "by certificate, with {rest:?}");
    }
}

#[tokio::test]
async fn every_connection_of_the_desk_is_encrypted() {
    let Some(office) = Office::open().await else {
        say("SKIPPED: there is no PostgreSQL server here that could be started");
        return;
    };
    let who = format!("postgres:{PASSWORD_IN_URL}");
    let desk = open(&office.url(&who, "localhost", "")).await.unwrap();
    desk.begin_run(actors::testing::store_contract::desk::noon())
        .await
        .unwrap();
    let mut beside = office.by_socket().await;
    let lines: Vec<(bool,)> = sqlx::query_as(
        "SELECT ssl.ssl FROM pg_stat_activity activity JOIN pg_stat_ssl ssl USING (pid) \
         WHERE activity.application_name = 'deskbell'",
    )
    .fetch_all(&mut beside)
    .await
    .unwrap();
    assert!(lines.len() >= 2, "the lock's, and one to write on");
    assert!(lines.iter().all(|(encrypted,)| *encrypted), "{lines:?}");
}
