using XoBlazor.App.Accounts.Providers;
using XoBlazor.App.Accounts.Providers.Plugins;
using XoBlazor.Plugins;

namespace XoBlazor.App.Accounts.Directories;

/// <summary>
/// The directories as a plugin that comes with the server and is always there. They are set up on a page of their own: several in an order, with certificates, a test that says step by step what
/// happened, and groups that are looked up while one types, for none of which a form has room.
/// </summary>
internal sealed class LdapBuiltIn(DirectoryStore store, DirectoryProviders directories) : IBuiltInProvider
{
    public const string Id = "ldap";
    public const string Version = "1.0.0";

    public string Manifest =>
        $$"""
        {
          "id": "{{Id}}", "name": "LDAP directories", "version": "{{Version}}", "contract": "1.0",
          "description": "People sign in with accounts of LDAP, Active Directory or FreeIPA, and have the groups of the directory.",
          "wants": { "auth-provider": { "style": "password", "label": "LDAP" } }
        }
        """;

    public bool IsAlwaysLoaded => true;

    public string Page => "/settings/directories";

    public string PageWords => (store.Current.Length, store.Current.Count(directory => directory.IsEnabled)) switch
    {
        (0, _) => "no directory yet",
        (1, 1) => "one directory",
        (1, _) => "one directory, disabled",
        var (all, enabled) => $"{all} directories, {enabled} enabled",
    };

    public IProviders Providers => directories;

    public Plugin Create() => new LdapPlugin();
}
