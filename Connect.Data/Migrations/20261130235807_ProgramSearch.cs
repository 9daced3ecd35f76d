using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Connect.Data.Migrations
{
    /// <inheritdoc />
    public partial class ProgramSearch : Migration
    {
        // Folded as SearchText folds a query: fields apart by a character that no pattern has, all letters without blanks, and then the words
        // of one letter and those of Latin letters and digits once more, with blanks around them. Its own functions are PostgreSQL's own
        // only, so that it works whatever the search path, and the locale does not matter.
        private const string Functions =
            """
            create function search_form(variadic parts text[]) returns text language plpgsql immutable parallel safe as $body$
            declare
                folded text := btrim(regexp_replace(
                    lower(normalize(array_to_string(parts, E' \x1f '), NFKC) collate "C"),
                    '[\x01-\x1e\x20-\x2f\x3a-\x60\x7b-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7\u2000-\u2bff\u3000-\u3004\u3008-\u3020\u3030\u303d-\u303f\ue000-\uf8ff\ufe10-\ufe6f]+',
                    ' ', 'g'));
            begin
                return replace(folded, ' ', '') || ' '
                    || btrim(regexp_replace(regexp_replace(regexp_replace(
                        folded, ' *[^0-9a-z ]{2,} *', ' ', 'g'), '([0-9a-z]+)', ' \1 ', 'g'), ' +', ' ', 'g'))
                    || ' ';
            end
            $body$;

            -- The pairs of neighbouring characters, as numbers, which an index compares fast and whatever the collation. Marked unsafe for
            -- parallel plans: a search is over before other processes have started.
            create function search_pairs(form text) returns integer[] language plpgsql immutable strict parallel unsafe cost 1000 as $body$
            declare
                characters text[] := string_to_array(form, null);
                pairs integer[] := '{}';
                before integer := ascii(characters[1]);
                code integer;
            begin
                for i in 2..coalesce(cardinality(characters), 0) loop
                    code := ascii(characters[i]);
                    pairs[i - 1] := (before % 65536 - 32768) * 65536 + code % 65536;
                    before := code;
                end loop;
                return pairs;
            end
            $body$;

            create function search_regions(traits jsonb) returns text[] language sql immutable parallel safe as $body$
                select coalesce(array_agg(region), '{}') from jsonb_array_elements_text(traits -> 'regions') region
            $body$;
            """;

        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_programs_deadline_id",
                table: "programs");

            migrationBuilder.Sql(Functions);
            migrationBuilder.Sql(
                """
                alter table programs
                    add column phase smallint not null
                        generated always as (case status when 'Active' then 0 when 'Upcoming' then 1 else 2 end) stored,
                    add column regions text[] not null generated always as (search_regions(traits)) stored,
                    add column search_title text not null generated always as (search_form(title)) stored,
                    add column search_head text not null generated always as (search_form(variadic array[title] || keywords)) stored,
                    add column search_text text not null generated always as (search_form(
                        variadic array[title, category, ministry, announcing_agency, description] || keywords)) stored;

                create index ix_programs_phase_deadline on programs (phase, deadline, id);
                create index ix_programs_phase_published_at on programs (phase, published_at, id);
                create index ix_programs_phase_budget_amount on programs (phase, budget_amount, id);
                create index ix_programs_search_head on programs using gin (search_pairs(search_head));
                create index ix_programs_search_text on programs using gin (search_pairs(search_text));
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql(
                """
                alter table programs
                    drop column phase, drop column regions, drop column search_title, drop column search_head, drop column search_text;
                drop function search_regions(jsonb);
                drop function search_pairs(text);
                drop function search_form(text[]);
                """);

            migrationBuilder.CreateIndex(
                name: "ix_programs_deadline_id",
                table: "programs",
                columns: new[] { "deadline", "id" });
        }
    }
}
