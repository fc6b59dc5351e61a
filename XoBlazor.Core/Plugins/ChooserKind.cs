namespace XoBlazor.Core.Plugins;

/// <summary>What a field of a configuration lets people choose, after its <c>$type</c>.</summary>
public enum ChooserKind
{
    Pool,
    Host,
    Vm,
    Sr,
    Network,
    Vdi,
    Tag,
    User,
    Group,
}
