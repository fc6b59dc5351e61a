using XoBlazor.Plugins;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>One loading of <see cref="LdapBuiltIn"/>: what the directories are asked goes past it, by <see cref="LdapBuiltIn.Providers"/>.</summary>
internal sealed class LdapPlugin : Plugin
{
    public override string Id => LdapBuiltIn.Id;

    public override string Version => LdapBuiltIn.Version;
}
