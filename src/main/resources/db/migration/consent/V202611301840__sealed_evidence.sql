-- Source, text, version and basis of an answer are what a source sent: any text. They are encrypted with the key of the
-- person, like the IP address, so that an erasure makes them unreadable, in backups too. The column source stays in clear
-- for answers that Waypost records itself.
alter table consent.consent_event add column evidence_sealed bytea;
alter table consent.consent_event alter column source drop not null;

-- Rows of earlier versions have their evidence in clear; an erasure may empty these columns, and nothing else.
create or replace function consent.keep_consent_event() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        if (to_jsonb(new) - '{profile_id,source,shown_text,text_version,basis}'::text[])
               = (to_jsonb(old) - '{profile_id,source,shown_text,text_version,basis}'::text[])
           and (new.source is null or new.source = old.source)
           and (new.shown_text is null or new.shown_text = old.shown_text)
           and (new.text_version is null or new.text_version = old.text_version)
           and (new.basis is null or new.basis = old.basis) then
            return new;
        end if;
    end if;
    raise exception 'consent.consent_event is append-only; record a new answer instead';
end
$$;
