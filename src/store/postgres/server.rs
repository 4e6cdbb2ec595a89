//! Where the server is, and how to reach it. What a database URL means is read by sqlx, which also
//! migrates: the two drivers must mean the same server, in the same way.

use std::sync::Arc;
use std::time::Duration;

use rustls::ClientConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use sqlx::ConnectOptions as _;
use sqlx::postgres::{PgConnectOptions, PgSslMode};
use tokio_postgres::config::SslMode;
use tokio_postgres::tls::MakeTlsConnect;
use tokio_postgres::{Client, Config, Connection, Error, Socket};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::certificates::{self, Checked};

/// After how long of silence the system asks whether the other end is still there, and keeps whatever stands
/// between from forgetting the connection: many routers do after some minutes.
const ASK_AFTER: Duration = Duration::from_secs(60);

/// What carries the bytes of a connection.
pub(super) type Wire = Connection<Socket, <MakeRustlsConnect as MakeTlsConnect<Socket>>::Stream>;

/// A server, and a database on it.
pub(in crate::store) struct Server {
    config: Config,
    tls: MakeRustlsConnect,
}

/// Why a connection to the server cannot be prepared.
#[derive(Debug, thiserror::Error)]
pub(in crate::store) enum BadServer {
    #[error("a certificate or key named in the database URL cannot be read")]
    Unreadable(#[from] rustls::pki_types::pem::Error),
    #[error("a certificate or key named in the database URL cannot be used")]
    Unusable(#[from] rustls::Error),
    #[error("the server's certificate cannot be checked")]
    Uncheckable(#[from] rustls::client::VerifierBuilderError),
    #[error("sslcert and sslkey of the database URL must be given together")]
    HalfAnIdentity,
    #[error("the database URL cannot be read")]
    BadUrl(#[from] Error),
}

impl Server {
    /// The server that these options mean. Certificates are read here, once.
    pub(super) fn of(options: &PgConnectOptions) -> Result<Self, BadServer> {
        let hidden = Hidden::of(options)?;
        let mut config = Config::new();
        config
            .port(options.get_port())
            .user(options.get_username())
            .keepalives_idle(ASK_AFTER)
            .ssl_mode(ssl_mode(options.get_ssl_mode()));
        match options.get_socket() {
            Some(folder) => config.host_path(folder),
            None => config.host(options.get_host()),
        };
        if let Some(password) = &hidden.password {
            config.password(password);
        }
        if let Some(database) = options.get_database() {
            config.dbname(database);
        }
        if let Some(name) = options.get_application_name() {
            config.application_name(name);
        }
        if let Some(set) = options.get_options() {
            config.options(set);
        }
        let tls = MakeRustlsConnect::new(hidden.tls(options.get_ssl_mode())?);
        Ok(Self { config, tls })
    }

    /// Connects.
    pub(super) async fn connect(&self) -> Result<(Client, Wire), Error> {
        // Rare, and large: not inside whatever waits for a connection.
        Box::pin(self.config.connect(self.tls.clone())).await
    }
}

/// Without certificates being checked, an eavesdropper is kept out and an impostor is not. (PostgreSQL's
/// documentation of `sslmode`; "allow" is, as in sqlx, without TLS.)
fn ssl_mode(mode: PgSslMode) -> SslMode {
    match mode {
        PgSslMode::Disable | PgSslMode::Allow => SslMode::Disable,
        PgSslMode::Prefer => SslMode::Prefer,
        PgSslMode::Require | PgSslMode::VerifyCa | PgSslMode::VerifyFull => SslMode::Require,
    }
}

/// What the options tell only as parts of a URL.
struct Hidden {
    password: Option<Vec<u8>>,
    root: Option<String>,
    certificate: Option<String>,
    key: Option<String>,
}

impl Hidden {
    fn of(options: &PgConnectOptions) -> Result<Self, BadServer> {
        // A name or a host that is odd in a URL is not needed from there.
        let plain = options.clone().username("name").host("host");
        let mut url = plain.to_url_lossy();
        let named = |name: &str| {
            let mut pairs = url.query_pairs();
            pairs.find_map(|(key, value)| (key == name).then(|| value.into_owned()))
        };
        let (root, certificate, key) = (named("sslrootcert"), named("sslcert"), named("sslkey"));
        url.set_query(None);
        let read: Config = url.as_str().parse()?;
        Ok(Self {
            password: read.get_password().map(<[u8]>::to_vec),
            root,
            certificate,
            key,
        })
    }

    fn tls(&self, mode: PgSslMode) -> Result<ClientConfig, BadServer> {
        let checked = match mode {
            PgSslMode::VerifyFull => Checked::Name,
            PgSslMode::VerifyCa => Checked::Authority,
            PgSslMode::Disable | PgSslMode::Allow | PgSslMode::Prefer | PgSslMode::Require => {
                Checked::Nothing
            }
        };
        let root = self.root.as_deref().map(certificates_in).transpose()?;
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let verifier = certificates::verifier(checked, root.unwrap_or_default(), &provider)?;
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()?
            .dangerous()
            .with_custom_certificate_verifier(verifier);
        Ok(match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => {
                config.with_client_auth_cert(certificates_in(certificate)?, key_in(key)?)?
            }
            (None, None) => config.with_no_client_auth(),
            (Some(_), None) | (None, Some(_)) => return Err(BadServer::HalfAnIdentity),
        })
    }
}

/// How sqlx names a file, in place of what is in it.
const FILE: &str = "file: ";

fn certificates_in(
    named: &str,
) -> Result<Vec<CertificateDer<'static>>, rustls::pki_types::pem::Error> {
    match named.strip_prefix(FILE) {
        Some(path) => CertificateDer::pem_file_iter(path)?.collect(),
        None => CertificateDer::pem_slice_iter(named.as_bytes()).collect(),
    }
}

fn key_in(named: &str) -> Result<PrivateKeyDer<'static>, rustls::pki_types::pem::Error> {
    match named.strip_prefix(FILE) {
        Some(path) => PrivateKeyDer::from_pem_file(path),
        None => PrivateKeyDer::from_pem_slice(named.as_bytes()),
    }
}
