-- People whom somebody put into an incident: the decision names a claim of it.
CREATE INDEX decision_into_incident ON decision (value) WHERE field = 'incident';
