//! How much of the server's certificate is checked. PostgreSQL's `sslmode` has ways that no browser
//! has: an authority without a name, and nothing at all.

use std::sync::Arc;

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{VerifierBuilderError, WebPkiServerVerifier};
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{CertificateError, DigitallySignedStruct, Error, RootCertStore, SignatureScheme};

/// What is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Checked {
    /// That it is signed by somebody trusted, and for the server's name.
    Name,
    /// That it is signed by somebody trusted.
    Authority,
    /// Nothing: the line is encrypted.
    Nothing,
}

/// Checks as much, and trusts these beside those that the system trusts.
pub(super) fn verifier(
    checked: Checked,
    trusted: Vec<CertificateDer<'static>>,
    provider: &Arc<CryptoProvider>,
) -> Result<Arc<dyn ServerCertVerifier>, VerifierBuilderError> {
    let authority = match checked {
        Checked::Nothing => None,
        Checked::Name | Checked::Authority => {
            let roots = Arc::new(roots(trusted));
            let provider = Arc::clone(provider);
            Some(WebPkiServerVerifier::builder_with_provider(roots, provider).build()?)
        }
    };
    Ok(match (authority, checked) {
        (Some(full), Checked::Name) => full,
        (authority, _) => Arc::new(Lenient {
            authority,
            provider: Arc::clone(provider),
        }),
    })
}

fn roots(trusted: Vec<CertificateDer<'static>>) -> RootCertStore {
    let mut roots = RootCertStore::empty();
    let found = rustls_native_certs::load_native_certs();
    for error in found.errors {
        tracing::warn!(%error, "some of the certificates that the system trusts cannot be read");
    }
    let (_, ignored) = roots.add_parsable_certificates(found.certs.into_iter().chain(trusted));
    if ignored > 0 {
        tracing::warn!(ignored, "some of the trusted certificates cannot be used");
    }
    roots
}

/// Checks who signed it, or nothing; not the name.
#[derive(Debug)]
struct Lenient {
    authority: Option<Arc<WebPkiServerVerifier>>,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Lenient {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        status: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(authority) = &self.authority else {
            return Ok(ServerCertVerified::assertion());
        };
        match authority.verify_server_cert(certificate, between, name, status, now) {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            checked => checked,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, known)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let known = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, known)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        let known = &self.provider.signature_verification_algorithms;
        known.supported_schemes()
    }
}
