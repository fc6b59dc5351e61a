namespace XoBlazor.Core.Plugins;

/// <summary>A plugin cannot be taken, loaded or asked. The message is for people: which plugin, what is wrong, the next step.</summary>
/// <param name="isLasting">Trying again changes nothing.</param>
public sealed class PluginException(string message, bool isLasting = false) : Exception(message)
{
    public bool IsLasting => isLasting;
}
