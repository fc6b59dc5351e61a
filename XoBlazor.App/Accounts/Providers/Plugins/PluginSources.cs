using System.Security.Cryptography;
using System.Text;
using XoBlazor.App.Accounts.Providers;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>How accounts and groups of plugins are told from all others: by a source for each plugin, made of its id, and by the plugin's id before each name.</summary>
internal static class PluginSources
{
    private static readonly byte[] s_salt = "XoBlazor sign-in by the plugin "u8.ToArray();

    public static AccountSource Of(string plugin, string name) => new(new Guid(SHA256.HashData([.. s_salt, .. Encoding.UTF8.GetBytes(plugin)]).AsSpan(0, 16)), name);

    /// <summary>What a plugin calls somebody or something, with its id before it.</summary>
    public static string Named(string plugin, string name) => $"{plugin}:{name}";
}
