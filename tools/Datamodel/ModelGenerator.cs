namespace XoBlazor.Datamodel;

internal static class ModelGenerator
{
    public static void Write(XapiModel model, string folder) => throw new NotImplementedException();
}
