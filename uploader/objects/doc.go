// Package objects looks into the organisation's own buckets, with the person's
// own credentials: S3 and what is compatible with it, Azure and Google. It lists
// objects, reads parts of them, and writes small ones. It knows nothing of
// Darwin.
//
// # Credentials
//
// Without Config.Credentials each provider's standard chain is used. S3: the
// environment (AWS_ACCESS_KEY_ID ..., MINIO_ROOT_USER ...), the profile file
// (AWS_PROFILE, ~/.aws/credentials), then the machine's role. Azure: the
// environment, workload and managed identities, and the logins of az, azd and
// PowerShell. Google: GOOGLE_APPLICATION_CREDENTIALS, the login of gcloud, the
// machine's account. Secrets are only passed through; they show in no error and
// in no printing of a Config.
//
// # What was tried
//
// S3 is tried against versitygw (see the conformance module beside this
// package). The ways to Azure and Google are tried against servers of our own
// that answer as their documentation says, and not against the real ones.
//
// # Concurrency
//
// A Store may be used from any goroutine. An iteration belongs to one. The
// package starts no goroutine of its own.
package objects
