using System.Security.Cryptography;
using System.Text;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Calls;

/// <summary>
/// The roles and the permissions they consist of: fixed facts, no rows of the database, so that they make no events and count for
/// nothing in an event batch. Their uuids are hashes of their names, and their references from their uuids.
/// </summary>
internal static class RoleCalls
{
    public static void Register(CallRegistry calls, Schema schema)
    {
        if (schema.FindClass("role") is null)
            return;
        var roles = new Lazy<(string Ref, RowState State)[]>(() => Build(schema));
        calls.Register("role.get_all_records", _ => new RecordsValue(roles.Value));
        calls.Register("role.get_all_records_where", c =>
        {
            var expression = WhereExpression.Parse(c.Text("expr"));
            return new RecordsValue([.. roles.Value.Where(r => expression.Matches(r.State))]);
        });
        calls.Register("role.get_all", _ => XapiValue.SetOf(roles.Value.Select(r => r.Ref)));
        calls.Register("role.get_record", c => new RecordValue(Find(roles.Value, c.Text("self"))));
        calls.Register("role.get_by_uuid", c => roles.Value.FirstOrDefault(r => Field(r.State, "uuid").AsText == c.Text("uuid")).Ref
            ?? throw new XapiException("UUID_INVALID", "role", c.Text("uuid")));
        calls.Register("role.get_by_name_label", c => XapiValue.SetOf(
            roles.Value.Where(r => Field(r.State, "name_label").AsText == c.Text("label")).Select(r => r.Ref)));
        foreach (var field in schema["role"].Fields)
            calls.Register($"role.get_{field.Fact.Name}", c => Field(Find(roles.Value, c.Text("self")), field.Fact.Name));
    }

    private static RowState Find((string Ref, RowState State)[] roles, string reference) =>
        roles.FirstOrDefault(r => r.Ref == reference).State ?? throw XapiException.HandleInvalid("role", reference);

    private static XapiValue Field(RowState state, string name) => state.Values[state.Schema.Find(name)!.Index];

    private static (string Ref, RowState State)[] Build(Schema schema)
    {
        var calls = schema.Calls.Where(c => c.NeedsSession && c.Roles.Count > 0).DistinctBy(c => c.FullName.ToLowerInvariant()).ToList();
        return
        [
            .. calls.Select(c => Role(schema, c.FullName.ToLowerInvariant(), "A basic permission", [], isInternal: true)),
            .. schema.Datamodel.Roles.Select(r => Role(
                schema, r.Name, $"The role {r.Name}", calls.Where(c => c.Roles.Contains(r.Name)).Select(c => ReferenceOf(c.FullName.ToLowerInvariant())), r.IsInternal)),
        ];
    }

    private static (string Ref, RowState State) Role(Schema schema, string name, string description, IEnumerable<string> subroles, bool isInternal)
    {
        var type = schema["role"];
        XapiValue[] values = [.. type.Fields.Select(f => f.Default)];
        Set("uuid", UuidOf(name));
        Set("name_label", name);
        Set("name_description", description);
        Set("subroles", XapiValue.SetOf(subroles));
        Set("is_internal", isInternal);
        return (ReferenceOf(name), new(type, values));

        void Set(string field, XapiValue value)
        {
            if (type.Find(field) is { } known)
                values[known.Index] = value;
        }
    }

    private static string ReferenceOf(string name) => $"OpaqueRef:{UuidOf(name)}";

    private static string UuidOf(string name) => new Guid(MD5.HashData(Encoding.UTF8.GetBytes(name)), bigEndian: true).ToString();
}
