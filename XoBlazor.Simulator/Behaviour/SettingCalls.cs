using XoBlazor.Simulator.Calls;
using XoBlazor.Simulator.Data;
using XoBlazor.Simulator.Datamodel;

namespace XoBlazor.Simulator.Behaviour;

/// <summary>
/// The datamodel has calls that are setters by name but not by kind (<c>VDI.set_name_label</c>, <c>VM.add_to_other_config</c>): the real
/// thing forwards or checks them. Here they set their field, and what the field governs is recomputed.
/// </summary>
internal static class SettingCalls
{
    public static void Register(PoolSimulator pool)
    {
        foreach (var call in pool.Db.Schema.Calls.Where(call => call is { Kind: CallKind.Custom, IsHidden: false } && pool.Calls.Find(call.FullName) is null))
        {
            if (FieldOf(pool, call, "set_", 2) is { } set) pool.Calls.Register(call.FullName, context => Write(context, set, context[call.Parameters[1].Name]));
            else if (FieldOf(pool, call, "add_to_", 3) is { } map) pool.Calls.Register(call.FullName, context => Add(context, map));
            else if (FieldOf(pool, call, "remove_from_", 2) is { } entry) pool.Calls.Register(call.FullName, context => Remove(context, entry));
        }
    }

    private static string? FieldOf(PoolSimulator pool, CallFact call, string prefix, int parameters)
    {
        if (call.Parameters.Count != parameters || !call.Name.StartsWith(prefix, StringComparison.Ordinal) || call.Parameters[0].Type.Name != call.Class) return null;
        var field = call.Name[prefix.Length..];
        return pool.Db.Schema.FindClass(call.Class)?.Find(field) is { IsMaintained: false } ? field : null;
    }

    private static void Write(CallContext call, string field, XapiValue value)
    {
        var target = call.Object(call.Call.Parameters[0].Name);
        target[field] = value;
        if (field is "blocked_operations" or "sharable" or "read_only" or "on_boot" or "managed") AllowedOperations.Update(target);
    }

    private static void Add(CallContext call, string field)
    {
        var target = call.Object(call.Call.Parameters[0].Name);
        var (key, value) = (call.Text(call.Call.Parameters[1].Name), call[call.Call.Parameters[2].Name]);
        if (target[field].AsMap[key] is not null) throw new XapiException("MAP_DUPLICATE_KEY", call.Call.Class, field, target.Ref, key);
        target.AddToMap(field, key, value);
        if (field == "blocked_operations") AllowedOperations.Update(target);
    }

    private static void Remove(CallContext call, string field)
    {
        var target = call.Object(call.Call.Parameters[0].Name);
        target.RemoveFromMap(field, call.Text(call.Call.Parameters[1].Name));
        if (field == "blocked_operations") AllowedOperations.Update(target);
    }
}
