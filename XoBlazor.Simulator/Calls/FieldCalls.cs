using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Calls;

/// <summary>The calls every class has, answered straight from the datamodel: getters, setters, lists, searches, making and destroying.</summary>
internal static class FieldCalls
{
    private static readonly (string Prefix, Func<CallContext, FieldSchema, XapiValue> Do)[] s_accessors =
    [
        ("get_", Get), ("set_", Set), ("add_to_", AddToMap), ("remove_from_", RemoveFromMap), ("add_", AddToSet), ("remove_", RemoveFromSet),
    ];

    /// <summary>What answers a call; null when it needs an implementation of its own.</summary>
    public static Func<CallContext, Task<XapiValue>>? Find(Schema schema, CallFact call)
    {
        var type = schema[call.Class];
        Func<CallContext, XapiValue>? answer = call.Kind switch
        {
            CallKind.Object => FindObjectCall(call),
            CallKind.Constructor => c => Create(c, type),
            CallKind.Destructor => Destroy,
            _ => FindAccessor(type, call.Name),
        };
        return answer is null ? null : c => Task.FromResult(answer(c));
    }

    private static Func<CallContext, XapiValue>? FindAccessor(ClassSchema type, string call)
    {
        foreach (var (prefix, answer) in s_accessors)
            if (call.StartsWith(prefix, StringComparison.Ordinal) && type.Find(call[prefix.Length..]) is { } field)
                return c => answer(c, field);
        return null;
    }

    private static Func<CallContext, XapiValue>? FindObjectCall(CallFact call) => call.Name switch
    {
        "get_record" => c => new RecordValue(c.Db.StateOf(c.Call.Class, c.Text("self"))),
        "get_all" => c => XapiValue.SetOf(c.Db.Update(() => Descending(c).Select(row => row.Ref).ToList())),
        "get_all_records" => c => new RecordsValue(c.Db.Update(() => Descending(c).Select(row => (row.Ref, row.State)).ToArray())),
        "get_all_where" => c => XapiValue.SetOf(Search(c).Select(r => r.Ref)),
        "get_all_records_where" => c => new RecordsValue(Search(c)),
        "get_by_uuid" => c => c.Db.GetByUuid(c.Call.Class, c.Text("uuid")).Ref,
        "get_by_name_label" => c => XapiValue.SetOf(c.Db.Where(c.Call.Class, "name_label", c.Text("label")).Select(o => o.Ref).OrderDescending(StringComparer.Ordinal)),
        _ => null,
    };

    /// <summary>xapi lists objects in descending order of reference.</summary>
    private static IEnumerable<Row> Descending(CallContext call) =>
        call.Db.FindTable(call.Call.Class) is { } table ? table.Sorted.AsEnumerable().Reverse() : [];

    private static (string Ref, RowState State)[] Search(CallContext call)
    {
        var expression = WhereExpression.Parse(call.Text("expr"));
        return call.Db.Update(() => Descending(call).Where(row => expression.Matches(row.State)).Select(row => (row.Ref, row.State)).ToArray());
    }

    private static XapiValue Create(CallContext call, ClassSchema type) =>
        call.Db.Create(type.Name, call.Map("args").Entries.Select(e => (e.Key, e.Value))).Ref;

    private static XapiValue Destroy(CallContext call)
    {
        call.Object("self").Destroy();
        return "";
    }

    private static XapiValue Get(CallContext call, FieldSchema field) => call.Db.Read(field.Class.Name, Self(call), field.Fact.Name);

    private static XapiValue Set(CallContext call, FieldSchema field)
    {
        call.Db.Write(field.Class.Name, Self(call), field.Fact.Name, Last(call));
        return "";
    }

    private static XapiValue AddToMap(CallContext call, FieldSchema field) => Change(call, field, value =>
    {
        var key = call.Text(call.Call.Parameters[1].Name);
        return value.AsMap[key] is null
            ? value.AsMap.With(key, Last(call))
            : throw new XapiException("MAP_DUPLICATE_KEY", field.Class.Name, field.Fact.Name, Self(call), key);
    });

    private static XapiValue RemoveFromMap(CallContext call, FieldSchema field) => Change(call, field, value => value.AsMap.Without(Last(call).AsText));

    private static XapiValue AddToSet(CallContext call, FieldSchema field) => Change(call, field, value => ((SetValue)value).With(Last(call)));

    private static XapiValue RemoveFromSet(CallContext call, FieldSchema field) => Change(call, field, value => ((SetValue)value).Without(Last(call)));

    private static XapiValue Change(CallContext call, FieldSchema field, Func<XapiValue, XapiValue> change)
    {
        call.Db.Update(() =>
        {
            var self = call.Db.Get(field.Class.Name, Self(call));
            self[field.Fact.Name] = change(self[field.Fact.Name]);
        });
        return "";
    }

    private static string Self(CallContext call) => call.Text(call.Call.Parameters[0].Name);

    private static XapiValue Last(CallContext call) => call[call.Call.Parameters[^1].Name];
}
