from tests.web.writing.conftest import *
def test_dbg(parents_request):
    r = parents_request.write("pq_hard", pq_hard="hello")
    print(r.status_code, r.location); 
    import re
    i=r.text.find("error-summary")
    print(re.sub(r"\s+"," ",r.text[i:i+900]))
    print(list(parents_request.page("pq_hard")))
