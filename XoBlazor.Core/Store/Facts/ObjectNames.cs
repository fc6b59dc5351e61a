using XoBlazor.Core.Model;
using XoBlazor.Core.Xapi.Codecs;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What to call an object on a screen or in a sentence. The words are the host's or its users': hostile until escaped.</summary>
public static class ObjectNames
{
    private static readonly FieldSet[] s_nameFields = [.. Enum.GetValues<XapiClass>().Select(type => type switch
    {
        // What tasks and messages are called says what is done, not to what.
        XapiClass.XapiTask or XapiClass.XapiMessage => FieldSet.None,
        XapiClass.Host => FieldSet.Of(HostFields.NameLabel, HostFields.Hostname, HostFields.Address),
        _ => XapiCodec.For(type).FindField("name_label") is { } field ? FieldSet.Of(field.Index) : FieldSet.None,
    })];

    /// <summary>The object's own name, maybe empty; null where its class has none.</summary>
    public static string? OwnName(XapiObject value) => value switch
    {
        Vm x => x.NameLabel,
        Host x => x.NameLabel,
        Sr x => x.NameLabel,
        Vdi x => x.NameLabel,
        Network x => x.NameLabel,
        Pool x => x.NameLabel,
        XapiTask x => x.NameLabel,
        VmAppliance x => x.NameLabel,
        Vmss x => x.NameLabel,
        Vmpp x => x.NameLabel,
        Sm x => x.NameLabel,
        PoolPatch x => x.NameLabel,
        PoolUpdate x => x.NameLabel,
        UpdateRepository x => x.NameLabel,
        GpuGroup x => x.NameLabel,
        UsbGroup x => x.NameLabel,
        VmGroup x => x.NameLabel,
        XapiMessage x => x.Name,
        _ => null,
    };

    /// <summary>All words by which an object is known: its name, and a host's name on the network and its address.</summary>
    public static IEnumerable<string> NamesOf(XapiObject value)
    {
        if (value is XapiTask or XapiMessage)
            yield break;
        if (OwnName(value) is { Length: > 0 } name)
            yield return name;
        if (value is not Host host)
            yield break;
        if (host.Hostname.Length > 0)
            yield return host.Hostname;
        if (host.Address.Length > 0)
            yield return host.Address;
    }

    /// <summary>The fields in which <see cref="NamesOf"/> finds them.</summary>
    public static FieldSet NameFields(XapiClass type) => s_nameFields[(int)type];

    /// <summary>
    /// A name for every object, fit to stand in a sentence: its own, or one made from its neighbours ("disk 0 of web1"), or its class and uuid.
    /// </summary>
    public static string NameOf(this PoolPicture pool, XapiObject value) => value switch
    {
        Pool => pool.Name(),
        Vbd x => $"disk {ForeignText.Shown(x.Userdevice)} of {pool.NameOrNothing(x.Vm.Value)}",
        Vif x => $"network device {ForeignText.Shown(x.Device)} of {pool.NameOrNothing(x.Vm.Value)}",
        Vtpm x => $"virtual TPM of {pool.NameOrNothing(x.Vm.Value)}",
        Vgpu x => $"GPU {ForeignText.Shown(x.Device)} of {pool.NameOrNothing(x.Vm.Value)}",
        Pif x => x.Vlan >= 0 ? $"{ForeignText.Shown(x.Device)} VLAN {x.Vlan} of {pool.NameOrNothing(x.Host.Value)}" : $"{ForeignText.Shown(x.Device)} of {pool.NameOrNothing(x.Host.Value)}",
        Pbd x => $"{pool.NameOrNothing(x.Sr.Value)} on {pool.NameOrNothing(x.Host.Value)}",
        _ => OwnName(value) is { Length: > 0 } name ? ForeignText.Shown(name) : $"{XapiCodec.For(value.Class).WireName} {pool.Key(value).Uuid}",
    };

    /// <summary>The same for what a reference names; null for what is not there.</summary>
    public static string? NameOfReference(this PoolPicture pool, string? reference) => pool.Get(reference) is { } there ? pool.NameOf(there) : null;

    private static string NameOrNothing(this PoolPicture pool, string? reference) =>
        pool.Get(reference) is { } there ? OwnName(there) is { Length: > 0 } name ? ForeignText.Shown(name) : there.Uuid : "nothing";
}
