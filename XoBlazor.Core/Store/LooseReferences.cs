using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store;

/// <summary>
/// What names objects without being a reference in the datamodel: the tasks that are the keys of <c>current_operations</c>, the uuid that a
/// message is about, and the object a task says it applies to (<c>other_config:applies_to</c>, a reference or a uuid, as XenCenter writes it).
/// They stand in the reference index like any other; a uuid stands there as itself.
/// </summary>
internal static class LooseReferences
{
    public const string AppliesTo = "applies_to";

    private static readonly int[] s_operations = [.. XapiCodec.All.Select(c => c.FindField("current_operations")?.Index ?? -1)];

    /// <summary>The field whose keys are tasks, or -1.</summary>
    public static int OperationsField(XapiClass type) => s_operations[(int)type];

    /// <summary>The fields of a class that hold such names.</summary>
    public static FieldSet FieldsOf(XapiClass type) => (s_operations[(int)type] is >= 0 and var operations ? FieldSet.Of(operations) : FieldSet.None) | type switch
    {
        XapiClass.XapiMessage => FieldSet.Of(XapiMessageFields.ObjUuid),
        XapiClass.XapiTask => FieldSet.Of(XapiTaskFields.OtherConfig),
        _ => FieldSet.None,
    };

    /// <summary>The class in whose table a name that leads nowhere yet gets its place.</summary>
    public static XapiClass? Target(XapiClass type, int field) =>
        field == s_operations[(int)type] ? XapiClass.XapiTask : FieldsOf(type).Contains(field) ? XapiClass.XapiMessage : null;

    public static void Visit(XapiObject value, IReferenceVisitor visitor)
    {
        switch (value)
        {
            case XapiMessage { ObjUuid.Length: > 0 } message:
                visitor.Visit(XapiMessageFields.ObjUuid, message.ObjUuid);
                break;
            case XapiTask task:
                if (task.OtherConfig.TryGetValue(AppliesTo, out var target) && target.Length > 0 && target != XenRefText.Null)
                    visitor.Visit(XapiTaskFields.OtherConfig, target);
                Keys(task, task.CurrentOperations, visitor);
                break;
            case Vm x: Keys(x, x.CurrentOperations, visitor); break;
            case Host x: Keys(x, x.CurrentOperations, visitor); break;
            case Pool x: Keys(x, x.CurrentOperations, visitor); break;
            case Sr x: Keys(x, x.CurrentOperations, visitor); break;
            case Vdi x: Keys(x, x.CurrentOperations, visitor); break;
            case Vbd x: Keys(x, x.CurrentOperations, visitor); break;
            case Vif x: Keys(x, x.CurrentOperations, visitor); break;
            case Network x: Keys(x, x.CurrentOperations, visitor); break;
            case VmAppliance x: Keys(x, x.CurrentOperations, visitor); break;
            case Vtpm x: Keys(x, x.CurrentOperations, visitor); break;
            case Vusb x: Keys(x, x.CurrentOperations, visitor); break;
            case Cluster x: Keys(x, x.CurrentOperations, visitor); break;
            case ClusterHost x: Keys(x, x.CurrentOperations, visitor); break;
        }
    }

    private static void Keys<T>(XapiObject holder, XenMap<string, T> operations, IReferenceVisitor visitor)
    {
        foreach (var (task, _) in operations.Entries)
            if (XenRefText.NamesObject(task))
                visitor.Visit(s_operations[(int)holder.Class], task);
    }
}
