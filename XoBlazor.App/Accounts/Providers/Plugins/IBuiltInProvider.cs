using XoBlazor.Core.Plugins.BuiltIn;

namespace XoBlazor.App.Accounts.Providers.Plugins;

/// <summary>
/// A plugin that comes with the server, is always loaded, and says who people are in the server's own types, because the contract's words do not hold all that it has: several sources, each with
/// people of its own. As long as it may say who people are, these are asked in its place.
/// </summary>
internal interface IBuiltInProvider : IBuiltInPlugin
{
    IProviders Providers { get; }
}
