using XoBlazor.App.Api.Catalogue;
using static XoBlazor.App.Api.Catalogue.ApiParameter;

namespace XoBlazor.App.Api.Methods;

/// <summary>Storage and its connections to hosts.</summary>
internal sealed class StorageMethods(OperationVerbs verbs) : IApiMethods
{
    public IEnumerable<ApiMethod> Methods =>
    [
        verbs.Verb("sr.set", "sr.set", "id", ["SR"], [Text("id"), Text("name_label").Optional, Text("name_description").OrEmpty.Optional]),
        verbs.Verb("sr.scan", "sr.scan", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.forget", "sr.forget", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.destroy", "sr.destroy", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.connectAllPbds", "sr.connect_all", "id", ["SR"], [Text("id")]),
        verbs.Verb("sr.disconnectAllPbds", "sr.disconnect_all", "id", ["SR"], [Text("id")]),
        verbs.Verb("pbd.connect", "pbd.connect", "id", ["PBD"], [Text("id")]),
        verbs.Verb("pbd.disconnect", "pbd.disconnect", "id", ["PBD"], [Text("id")]),
    ];
}
