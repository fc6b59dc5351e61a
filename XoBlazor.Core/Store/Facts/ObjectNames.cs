using XoBlazor.Core.Model;

namespace XoBlazor.Core.Store.Facts;

/// <summary>What to call an object on a screen or in a sentence. The words are the host's or its users': hostile until escaped.</summary>
public static class ObjectNames
{
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
        GpuGroup x => x.NameLabel,
        UsbGroup x => x.NameLabel,
        VmGroup x => x.NameLabel,
        XapiMessage x => x.Name,
        _ => null,
    };

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
        _ => OwnName(value) is { Length: > 0 } name ? ForeignText.Shown(name) : $"{Xapi.Codecs.XapiCodec.For(value.Class).WireName} {pool.Key(value).Uuid}",
    };

    private static string NameOrNothing(this PoolPicture pool, string? reference) =>
        pool.Get(reference) is { } there ? OwnName(there) is { Length: > 0 } name ? ForeignText.Shown(name) : there.Uuid : "nothing";
}
