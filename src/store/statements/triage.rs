//! What triage waits for, and what it took.

use super::Statement;

statements! {
    TRIAGE_QUEUE = "SELECT body FROM incidents WHERE triage_wanted = 1 \
        AND (stage = 'intake' OR id > $1) \
        ORDER BY CASE WHEN stage = 'intake' THEN 0 ELSE 1 END, id LIMIT $2";
    TRIAGE_CALLED = "INSERT INTO triage_calls (company_id, incident_id, at, model, prompt_version, \
            outcome, input_tokens, output_tokens, cost_micros, latency_millis, request_id) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    TRIAGE_SPENT = "SELECT COUNT(*), CAST(COALESCE(SUM(cost_micros), 0) AS BIGINT) \
        FROM triage_calls WHERE company_id = $1 AND at > $2";
}
