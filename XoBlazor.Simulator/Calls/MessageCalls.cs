using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Messages;

namespace XoBlazor.Simulator.Calls;

/// <summary>The calls of class <c>message</c>, which is no table of the database.</summary>
internal static class MessageCalls
{
    public static void Register(CallRegistry calls)
    {
        calls.Register("message.create", c => c.Pool.Messages.Create(
            c.Text("name"), c.Int("priority"), c.Text("cls"), c.Text("obj_uuid"), c.Text("body")).Ref);
        calls.Register("message.destroy", c =>
        {
            if (!c.Pool.Messages.Destroy(c.Text("self")))
                throw XapiException.HandleInvalid("message", c.Text("self"));
        });
        calls.Register("message.destroy_many", c =>
        {
            foreach (var message in c["messages"].AsTexts)
                c.Pool.Messages.Destroy(message);
        });
        calls.Register("message.get_all", c => XapiValue.SetOf(NewestFirst(c).Select(m => m.Ref)));
        calls.Register("message.get_all_records", c => Records(NewestFirst(c)));
        calls.Register("message.get_all_records_where", c =>
        {
            var expression = WhereExpression.Parse(c.Text("expr"));
            return Records(NewestFirst(c).Where(m => expression.Matches(m.State)));
        });
        calls.Register("message.get_since", c => Records(NewestFirst(c).Where(m => IsSince(m, c.Text("since")))));
        calls.Register("message.get", c => Records(NewestFirst(c).Where(
            m => m["cls"] == c.Text("cls") && m["obj_uuid"] == c.Text("obj_uuid") && IsSince(m, c.Text("since")))));
        calls.Register("message.get_record", c => new RecordValue(
            (c.Pool.Messages.Find(c.Text("self")) ?? throw XapiException.HandleInvalid("message", c.Text("self"))).State));
        calls.Register("message.get_by_uuid", c =>
            (c.Pool.Messages.All.FirstOrDefault(m => m["uuid"] == c.Text("uuid")) ?? throw new XapiException("UUID_INVALID", "message", c.Text("uuid"))).Ref);
    }

    private static IEnumerable<Message> NewestFirst(CallContext call) => call.Pool.Messages.All.Reverse();

    private static RecordsValue Records(IEnumerable<Message> messages) => new([.. messages.Select(m => (m.Ref, m.State))]);

    /// <summary>Dates of the one form compare as text; clients may also send them with dashes.</summary>
    private static bool IsSince(Message message, string since) =>
        string.CompareOrdinal(message["timestamp"], since.Replace("-", "", StringComparison.Ordinal)) >= 0;
}
